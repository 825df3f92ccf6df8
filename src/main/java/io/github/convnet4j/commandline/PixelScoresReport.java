package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.evaluate.SegmentationReport;
import io.github.convnet4j.evaluate.SegmentationReport.ClassOverlap;
import java.io.PrintStream;
import java.util.List;

/**
 * The scores of a segmentation.
 *
 * @param matrix how often pixels of each class were predicted as each class
 * @param report the scores of each class
 */
record PixelScoresReport(Scores scores, ConfusionMatrix matrix, SegmentationReport report)
    implements EvaluationReport {
  @Override
  public void print(PrintStream out) {
    out.println(scores);
    out.println();
    TextTable table = new TextTable();
    table.row(List.of("", "IoU", "Dice", "pixels"));
    for (ClassOverlap overlap : report.classes()) {
      table.row(
          List.of(
              overlap.name(),
              TextTable.share(overlap.iou()),
              TextTable.share(overlap.dice()),
              Long.toString(overlap.pixels())));
    }
    out.print(table);
    out.println();
    out.print(matrix);
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = EvaluationReport.json(scores);
    json.put("pixels", scores.total()).put("correct", scores.correct());
    ArrayNode classes = json.putArray("classes");
    for (ClassOverlap overlap : report.classes()) {
      ObjectNode object = classes.addObject().put("name", overlap.name());
      Json.put(object, "iou", overlap.iou());
      Json.put(object, "dice", overlap.dice());
      object.put("pixels", overlap.pixels());
    }
    ClassScoresReport.putMatrix(json, matrix);
    return json;
  }
}
