package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.ClassScores;
import io.github.convnet4j.evaluate.MultiLabelReport;
import io.github.convnet4j.inspect.MultiLabelResult;
import io.github.convnet4j.inspect.MultiLabelResult.LabelMistake;
import io.github.convnet4j.inspect.Sample;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How well each label is predicted. */
record MultiLabelPart(List<String> labelNames, TestExamples test, MultiLabelResult result)
    implements TaskPart {
  static MultiLabelPart of(
      Model<LabelPrediction> model,
      List<String> labelNames,
      TestExamples test,
      Sample sample,
      int mistakes) {
    return new MultiLabelPart(
        labelNames, test, MultiLabelResult.of(model, labelNames, sample, mistakes));
  }

  @Override
  public String task() {
    return "multi-label classification";
  }

  @Override
  public Fact names() {
    return new Fact("labels", String.join(", ", labelNames));
  }

  @Override
  public List<Card> cards() {
    return List.of(
        new Card(
            "all labels correct",
            Html.percent(result.report().exactMatch()),
            "of " + test.tested(result.sample())),
        new Card(
            "correct labels",
            Html.percent(result.report().accuracy()),
            "of %s labels for each %s".formatted(labelNames.size(), test.one())));
  }

  @Override
  public String classified() {
    return "labels";
  }

  @Override
  public List<Section> results() {
    List<Section> sections = new ArrayList<>();
    sections.add(table());
    if (!result.worstMistakes().isEmpty()) {
      sections.add(mistakes());
    }
    return sections;
  }

  private Section table() {
    MultiLabelReport report = result.report();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < labelNames.size(); i++) {
      rows.add(row(report.labels().get(i), report.labelAccuracies().get(i)));
    }
    rows.add(row(report.macro(), report.accuracy()));
    String html =
        Html.facts(ScoreFacts.of(result.scores()))
            + "<h3>Results by label</h3>\n"
            + Html.paragraph(
                ("A label is predicted if its probability is at least one half. Precision: the"
                     + " share of the %1$s predicted to have the label that really have it. Recall:"
                     + " the share of the %1$s with the label that were predicted to have it. F1:"
                     + " the harmonic mean of the two. Accuracy: the share of all %1$s for which"
                     + " the label was correctly predicted.")
                    .formatted(test.many()))
            + Html.table(
                "Scores of the labels",
                List.of("label", "precision", "recall", "F1", "accuracy", test.many() + " with it"),
                rows);
    return new Section("results", "Test results", html);
  }

  private static List<String> row(ClassScores scores, double accuracy) {
    return List.of(
        scores.name(),
        Html.number("%.4f", scores.precision()),
        Html.number("%.4f", scores.recall()),
        Html.number("%.4f", scores.f1()),
        Html.number("%.4f", accuracy),
        Html.count(scores.support()));
  }

  private Section mistakes() {
    StringBuilder html = new StringBuilder();
    html.append(
        Html.paragraph(
            "The mistakes that the network was most certain of come first. The percentage is the"
                + " predicted probability of the label."));
    html.append("<div class=\"grid\">\n");
    for (LabelMistake mistake : result.worstMistakes()) {
      String name = labelNames.get(mistake.label());
      String fault = mistake.hasLabel() ? "missed" : "wrongly given";
      html.append(
          test.figure(
              mistake.index(),
              "Test image %s: %s %s".formatted(mistake.index(), name, fault),
              "<b>%s</b> %s<br>probability %s"
                  .formatted(
                      Html.text(name),
                      fault,
                      Html.number("%.1f\u00a0%%", 100 * mistake.probability()))));
    }
    return new Section("mistakes", "Worst mistakes", html.append("</div>\n").toString());
  }

  @Override
  public String known(int index) {
    float[] target = test.target(index);
    String labels =
        IntStream.range(0, target.length)
            .filter(i -> target[i] >= 0.5f)
            .mapToObj(labelNames::get)
            .collect(Collectors.joining(", "));
    return labels.isEmpty() ? "no label" : labels;
  }
}
