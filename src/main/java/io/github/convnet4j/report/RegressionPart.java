package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.RegressionReport;
import io.github.convnet4j.inspect.RegressionResult;
import io.github.convnet4j.inspect.RegressionResult.Deviation;
import io.github.convnet4j.inspect.Sample;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How far predicted numbers are from their targets. */
record RegressionPart(List<String> targetNames, TestExamples test, RegressionResult result)
    implements TaskPart {
  static RegressionPart of(
      Model<float[]> model,
      List<String> targetNames,
      TestExamples test,
      Sample sample,
      int mistakes) {
    return new RegressionPart(targetNames, test, RegressionResult.of(model, sample, mistakes));
  }

  @Override
  public String task() {
    return "regression";
  }

  @Override
  public Fact names() {
    return new Fact("targets", String.join(", ", targetNames));
  }

  @Override
  public List<Card> cards() {
    RegressionReport report = result.report();
    String mean =
        targetNames.size() == 1 ? "" : "mean of %s targets, ".formatted(targetNames.size());
    return List.of(
        new Card(
            "mean absolute error",
            Html.significant(report.meanAbsoluteError()),
            mean + test.tested(result.sample())),
        new Card(
            "R\u00b2",
            coefficient(report.r2()),
            mean + "1 is best; 0 is always predicting the mean"));
  }

  /** A coefficient of determination is undefined if the target is the same in all examples. */
  private static String coefficient(double r2) {
    return Double.isFinite(r2) ? Html.number("%.4f", r2) : "undefined";
  }

  @Override
  public String classified() {
    return test.many();
  }

  @Override
  public List<Section> results() {
    List<Section> sections = new ArrayList<>();
    sections.add(table());
    sections.add(charts());
    if (!result.worst().isEmpty()) {
      sections.add(worst());
    }
    return sections;
  }

  private Section table() {
    RegressionReport report = result.report();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < targetNames.size(); i++) {
      rows.add(
          List.of(
              targetNames.get(i),
              Html.significant(report.absoluteErrors().get(i)),
              Html.significant(report.rootMeanSquaredErrors().get(i)),
              coefficient(report.r2s().get(i))));
    }
    String html =
        Html.facts(ScoreFacts.of(result.scores()))
            + "<h3>Results by target</h3>\n"
            + Html.paragraph(
                "Mean absolute error: how far predictions are from the target on average. Root mean"
                    + " squared error: the same, but large errors weigh more. R\u00b2: the share of"
                    + " the target's variance that is predicted; 1 is best, and 0 is as good as"
                    + " always predicting the mean.")
            + Html.table(
                "Errors",
                List.of("target", "mean absolute error", "root mean squared error", "R\u00b2"),
                rows);
    return new Section("results", "Test results", html);
  }

  private Section charts() {
    StringBuilder html = new StringBuilder();
    html.append(
        Html.paragraph(
            "Each point is a test %s. On the dashed line, the prediction equals the target."
                .formatted(test.one())));
    html.append("<div class=\"charts\">\n");
    int n = result.sample().size();
    for (int i = 0; i < targetNames.size(); i++) {
      float[] targets = new float[n];
      float[] predictions = new float[n];
      for (int position = 0; position < n; position++) {
        targets[position] = result.target(position, i);
        predictions[position] = result.prediction(position, i);
      }
      html.append(
          Html.figure(
              Charts.predictions(targetNames.get(i), targets, predictions),
              "<b>%s</b>".formatted(Html.text(targetNames.get(i)))));
    }
    return new Section(
        "predictions", "Predictions and targets", html.append("</div>\n").toString());
  }

  private Section worst() {
    StringBuilder html = new StringBuilder();
    html.append(
        Html.paragraph(
            targetNames.size() == 1
                ? "The predictions that are farthest from their target come first."
                : "The predictions that are farthest from one of their targets come first. Errors"
                    + " of different targets are compared as multiples of the target's root mean"
                    + " squared error."));
    html.append("<div class=\"grid\">\n");
    for (Deviation deviation : result.worst()) {
      String target = Html.significant(result.target(deviation.position(), deviation.target()));
      String prediction =
          Html.significant(result.prediction(deviation.position(), deviation.target()));
      String name =
          targetNames.size() == 1 ? "" : Html.text(targetNames.get(deviation.target())) + "<br>";
      html.append(
          test.figure(
              deviation.index(),
              "Test image %s: target %s, predicted %s"
                  .formatted(deviation.index(), target, prediction),
              "%starget <b>%s</b><br>predicted <b>%s</b>".formatted(name, target, prediction)));
    }
    return new Section("mistakes", "Worst predictions", html.append("</div>\n").toString());
  }

  @Override
  public String known(int index) {
    float[] targets = test.target(index);
    return IntStream.range(0, targets.length)
        .mapToObj(i -> "%s %s".formatted(targetNames.get(i), Html.significant(targets[i])))
        .collect(Collectors.joining(", "));
  }
}
