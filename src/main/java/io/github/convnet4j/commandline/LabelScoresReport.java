package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.evaluate.ClassScores;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.MultiLabelReport;
import io.github.convnet4j.evaluate.Scores;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The scores of examples that may have any number of labels.
 *
 * @param names the labels
 */
record LabelScoresReport(List<String> names) implements EvaluationReport {
  private static final Metric EXACT_MATCH = Metrics.exactMatch();
  private static final List<Metric> OF_EACH =
      List.of(
          Metrics.labelPrecision(),
          Metrics.labelRecall(),
          Metrics.labelF1(),
          Metrics.labelAccuracy(),
          new SupportMetric());

  @Override
  public List<Metric> metrics() {
    List<Metric> all = new ArrayList<>(ofColumns());
    all.add(EXACT_MATCH);
    return all;
  }

  private List<Metric> ofColumns() {
    List<Metric> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (Metric metric : OF_EACH) {
        all.add(new ColumnMetric(metric, i));
      }
    }
    return all;
  }

  private MultiLabelReport report(Scores scores) {
    List<ClassScores> labels = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double[] values = new double[OF_EACH.size()];
      for (int m = 0; m < values.length; m++) {
        values[m] = scores.value(new ColumnMetric(OF_EACH.get(m), i).name());
      }
      labels.add(
          new ClassScores(names.get(i), values[0], values[1], values[2], Math.round(values[4])));
      accuracies.add(values[3]);
    }
    return new MultiLabelReport(labels, accuracies, scores.value(EXACT_MATCH.name()));
  }

  @Override
  public void print(PrintStream out, Scores scores) {
    MultiLabelReport report = report(scores);
    out.println(EvaluationReport.without(ofColumns(), scores));
    out.printf(
        Locale.ROOT,
        "all labels correct: %d of %d images%n",
        Math.round(report.exactMatch() * scores.examples()),
        scores.examples());
    out.println();
    out.print(report);
  }

  @Override
  public ObjectNode json(Scores scores) {
    MultiLabelReport report = report(scores);
    ObjectNode json = Json.object().put("images", scores.examples());
    Json.put(json, "loss", scores.loss());
    EvaluationReport.putValues(json, EvaluationReport.without(ofColumns(), scores).values());
    ArrayNode labels = json.putArray("labels");
    for (int i = 0; i < names.size(); i++) {
      ObjectNode label = labels.addObject();
      ClassScoresReport.put(label, report.labels().get(i));
      Json.put(label, "accuracy", report.labelAccuracies().get(i));
    }
    ClassScoresReport.put(json.putObject("macroAverage"), report.macro());
    return json;
  }
}
