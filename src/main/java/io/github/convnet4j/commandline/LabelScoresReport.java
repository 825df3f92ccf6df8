package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.evaluate.MultiLabelReport;
import io.github.convnet4j.evaluate.Scores;
import java.io.PrintStream;

/**
 * The scores of examples that may have any number of labels.
 *
 * @param report the scores of each label
 */
record LabelScoresReport(Scores scores, MultiLabelReport report) implements EvaluationReport {
  @Override
  public void print(PrintStream out) {
    out.println(scores);
    out.printf(
        "all labels correct: %d of %d images%n",
        Math.round(report.exactMatch() * scores.examples()), scores.examples());
    out.println();
    out.print(report);
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = EvaluationReport.json(scores);
    Json.put(json, "exactMatch", report.exactMatch());
    ArrayNode labels = json.putArray("labels");
    for (int i = 0; i < report.labels().size(); i++) {
      ObjectNode label = labels.addObject();
      ClassScoresReport.put(label, report.labels().get(i));
      Json.put(label, "accuracy", report.labelAccuracies().get(i));
    }
    ClassScoresReport.put(json.putObject("macroAverage"), report.macro());
    return json;
  }
}
