package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.ClassScores;
import io.github.convnet4j.evaluate.ClassificationReport;
import io.github.convnet4j.evaluate.LabelledPredictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The metrics on the test images. */
final class ResultSection {
  private ResultSection() {}

  static Section of(Results results, TestExamples test) {
    ClassificationReport report = ClassificationReport.of(results.matrix());
    StringBuilder html = new StringBuilder();
    html.append(Html.facts(facts(results)));
    html.append("<h3>Results by class</h3>\n");
    html.append(
        Html.paragraph(
            ("Precision: the share of the %1$s predicted as the class that really belong to it."
                    + " Recall: the share of the %1$s of the class that were predicted as it."
                    + " F1: the harmonic mean of the two.")
                .formatted(test.many())));
    List<List<String>> rows = new ArrayList<>();
    report.classes().forEach(scores -> rows.add(row(scores)));
    rows.add(row(report.macro()));
    rows.add(row(report.weighted()));
    html.append(
        Html.table(
            "Precision, recall and F1",
            List.of("class", "precision", "recall", "F1", test.many()),
            rows));
    report.notes().forEach(note -> html.append(Html.paragraph(Html.text(note))));
    return new Section("results", "Test results", html.toString());
  }

  private static List<String> row(ClassScores scores) {
    return List.of(
        scores.name(),
        Html.number("%.4f", scores.precision()),
        Html.number("%.4f", scores.recall()),
        Html.number("%.4f", scores.f1()),
        Html.count(scores.support()));
  }

  private static List<Fact> facts(Results results) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "accuracy",
            "%s (%s of %s)"
                .formatted(
                    Html.number("%.4f", results.accuracy()),
                    Html.count(results.matrix().correct()),
                    Html.count(results.matrix().total()))));
    facts.add(new Fact("confidence interval", results.interval().toString()));
    results.predictions().ifPresent(predictions -> addMeasures(facts, predictions));
    if (!results.problem().isEmpty()) {
      facts.add(new Fact("probability metrics not available", results.problem()));
    }
    return facts;
  }

  private static void addMeasures(List<Fact> facts, LabelledPredictions predictions) {
    int classes = predictions.classNames().size();
    if (classes > 2) {
      int k = Math.min(5, classes - 1);
      facts.add(
          new Fact(
              String.format(Locale.ROOT, "top-%d accuracy", k),
              Html.number("%.4f", predictions.topKAccuracy(k))));
    }
    facts.add(new Fact("log loss", Html.number("%.4f", predictions.logLoss())));
    facts.add(new Fact("Brier score", Html.number("%.4f", predictions.brierScore())));
    facts.add(
        new Fact(
            "expected calibration error",
            Html.number("%.4f", predictions.calibration().expectedError())));
    OptionalDouble area = predictions.rocAuc().macro();
    facts.add(
        new Fact(
            "ROC AUC (one vs. rest)",
            area.isPresent() ? Html.number("%.4f", area.getAsDouble()) : "undefined"));
  }
}
