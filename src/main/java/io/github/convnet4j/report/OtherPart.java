package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.inspect.Sample;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.List;

/** The loss and the metrics, for tasks that the page knows nothing else about. */
record OtherPart(String task, Fact names, TestExamples test, Sample sample, Scores scores)
    implements TaskPart {
  static OtherPart of(Model<?> model, TestExamples test, Sample sample) {
    Object task = model.tasks().get(0).task();
    String name = task.getClass().getSimpleName();
    return new OtherPart(
        name.isEmpty() ? task.toString() : name, // An anonymous class has no name.
        new Fact("output", model.network().output().toString()),
        test,
        sample,
        model.evaluate(sample.examples()));
  }

  @Override
  public List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    cards.add(new Card("loss", Html.number("%.4f", scores.loss()), "on " + test.tested(sample)));
    scores.values().entrySet().stream()
        .limit(1)
        .forEach(
            entry ->
                cards.add(
                    new Card(
                        ScoreFacts.words(entry.getKey()),
                        Html.number("%.4f", entry.getValue()),
                        "on " + test.tested(sample))));
    return cards;
  }

  @Override
  public String classified() {
    return test.many();
  }

  @Override
  public List<Section> results() {
    return List.of(new Section("results", "Test results", Html.facts(ScoreFacts.of(scores))));
  }

  @Override
  public String known(int index) {
    return "";
  }
}
