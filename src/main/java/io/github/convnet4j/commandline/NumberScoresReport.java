package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The scores of a regression.
 *
 * @param names the targets
 */
record NumberScoresReport(List<String> names) implements EvaluationReport {
  /** The metrics of each target, by their titles in text and JSON. */
  private enum OfTarget {
    ABSOLUTE("mean abs. error", "meanAbsoluteError", Metrics.meanAbsoluteError()),
    ROOT_SQUARED("root mean sq. error", "rootMeanSquaredError", Metrics.rootMeanSquaredError()),
    R2("R²", "r2", Metrics.r2());

    private final String title;
    private final String field;
    private final Metric metric;

    OfTarget(String title, String field, Metric metric) {
      this.title = title;
      this.field = field;
      this.metric = metric;
    }

    private double value(Scores scores, int target) {
      return scores.value(new ColumnMetric(metric, target).name());
    }
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (OfTarget each : OfTarget.values()) {
        all.add(new ColumnMetric(each.metric, i));
      }
    }
    return all;
  }

  @Override
  public void print(PrintStream out, Scores scores) {
    out.println(EvaluationReport.without(metrics(), scores));
    out.println();
    TextTable table = new TextTable();
    List<String> header = new ArrayList<>(List.of(""));
    for (OfTarget each : OfTarget.values()) {
      header.add(each.title);
    }
    table.row(header);
    for (int i = 0; i < names.size(); i++) {
      List<String> row = new ArrayList<>(List.of(names.get(i)));
      for (OfTarget each : OfTarget.values()) {
        row.add(TextTable.number(each.value(scores, i)));
      }
      table.row(row);
    }
    out.print(table);
  }

  @Override
  public ObjectNode json(Scores scores) {
    ObjectNode json = Json.object().put("images", scores.examples());
    Json.put(json, "loss", scores.loss());
    EvaluationReport.putValues(json, EvaluationReport.without(metrics(), scores).values());
    ArrayNode targets = json.putArray("targets");
    for (int i = 0; i < names.size(); i++) {
      ObjectNode target = targets.addObject().put("name", names.get(i));
      for (OfTarget each : OfTarget.values()) {
        Json.put(target, each.field, each.value(scores, i));
      }
    }
    return json;
  }
}
