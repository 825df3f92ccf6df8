package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.ConfidenceInterval;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.Sample;
import io.github.convnet4j.inspect.TestResult;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of a classification, and what in an image is evidence for its class. */
record ClassificationPart(
    Model<Prediction> model,
    TestExamples test,
    TestResult result,
    Results metrics,
    ReportSettings settings)
    implements TaskPart {
  static ClassificationPart of(
      Model<Prediction> model, TestExamples test, Sample sample, ReportSettings settings) {
    TestResult result = TestResult.of(model, sample, settings.mistakes);
    return new ClassificationPart(model, test, result, Results.of(result), settings);
  }

  @Override
  public String task() {
    return "classification";
  }

  @Override
  public Fact names() {
    return new Fact("classes", String.join(", ", model.classNames()));
  }

  @Override
  public List<Card> cards() {
    ConfidenceInterval interval = metrics.interval();
    return List.of(
        new Card(
            "accuracy",
            Html.percent(metrics.accuracy()),
            String.format(
                Locale.ROOT,
                "%.2f to %.2f %% (95 %%)",
                100 * interval.low(),
                100 * interval.high())),
        new Card(
            "mistakes",
            Html.count(metrics.matrix().total() - metrics.matrix().correct()),
            "of " + test.tested(result.sample())));
  }

  @Override
  public String classified() {
    return test.many();
  }

  @Override
  public List<Section> results() {
    List<Section> sections = new ArrayList<>();
    sections.add(ResultSection.of(metrics, test));
    sections.add(ConfusionTable.section(metrics.matrix(), ""));
    MistakeSection.of(model.classNames(), test, result.worstMistakes()).ifPresent(sections::add);
    return sections;
  }

  @Override
  public String known(int index) {
    return model.classNames().get(result.labelOf(index));
  }

  @Override
  public List<Section> insights(Inspection inspection) {
    List<Section> sections = new ArrayList<>();
    if (test.arePictures()) {
      new ExplanationSection(inspection, model, test, result)
          .section(settings.explained)
          .ifPresent(sections::add);
    }
    EmbeddingSection.of(inspection, model.classNames(), test, settings.embeddings)
        .ifPresent(sections::add);
    return sections;
  }
}
