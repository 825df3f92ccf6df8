package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.evaluate.RegressionReport;
import io.github.convnet4j.evaluate.Scores;
import java.io.PrintStream;
import java.util.List;

/**
 * The scores of a regression.
 *
 * @param names the targets
 * @param report the errors of each of them
 */
record NumberScoresReport(Scores scores, List<String> names, RegressionReport report)
    implements EvaluationReport {
  @Override
  public void print(PrintStream out) {
    out.println(scores);
    out.println();
    TextTable table = new TextTable();
    table.row(List.of("", "mean absolute error", "root mean squared error", "R²"));
    for (int i = 0; i < names.size(); i++) {
      table.row(
          List.of(
              names.get(i),
              TextTable.number(report.absoluteErrors().get(i)),
              TextTable.number(report.rootMeanSquaredErrors().get(i)),
              TextTable.share(report.r2s().get(i))));
    }
    out.print(table);
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = EvaluationReport.json(scores);
    ArrayNode targets = json.putArray("targets");
    for (int i = 0; i < names.size(); i++) {
      ObjectNode target = targets.addObject().put("name", names.get(i));
      Json.put(target, "meanAbsoluteError", report.absoluteErrors().get(i));
      Json.put(target, "rootMeanSquaredError", report.rootMeanSquaredErrors().get(i));
      Json.put(target, "r2", report.r2s().get(i));
    }
    return json;
  }
}
