package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.Scores;
import java.util.ArrayList;
import java.util.List;

/** The loss and the metrics of an evaluation. */
final class ScoreFacts {
  private ScoreFacts() {}

  static List<Fact> of(Scores scores) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("loss", Html.number("%.4f", scores.loss())));
    scores
        .values()
        .forEach((name, value) -> facts.add(new Fact(words(name), Html.number("%.4f", value))));
    return facts;
  }

  /** Returns the name of a metric as words: {@code mean absolute error}. */
  static String words(String metric) {
    return metric.replace('_', ' ');
  }
}
