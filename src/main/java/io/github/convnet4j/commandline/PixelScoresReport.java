package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Scores;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The scores of a segmentation. */
record PixelScoresReport() implements EvaluationReport {
  /**
   * The overlap of the pixels that belong to a class with those that were predicted as it.
   *
   * @param iou intersection over union; NaN if there are no such pixels
   * @param dice twice the intersection, divided by the sum of both
   * @param pixels how many belong to the class
   */
  private record Overlap(String name, double iou, double dice, long pixels) {
    static List<Overlap> of(ConfusionMatrix matrix) {
      long[] hits = new long[matrix.classes()];
      long[] labelled = new long[matrix.classes()];
      long[] predicted = new long[matrix.classes()];
      for (ConfusionMatrix.Cell cell : matrix.cells()) {
        labelled[cell.label()] += cell.count();
        predicted[cell.prediction()] += cell.count();
        hits[cell.label()] += cell.label() == cell.prediction() ? cell.count() : 0;
      }
      List<Overlap> overlaps = new ArrayList<>();
      for (int c = 0; c < hits.length; c++) {
        double both = labelled[c] + predicted[c];
        overlaps.add(
            new Overlap(
                matrix.classNames().get(c),
                hits[c] / (both - hits[c]),
                2 * hits[c] / both,
                labelled[c]));
      }
      return overlaps;
    }
  }

  @Override
  public void print(PrintStream out, Scores scores) {
    ConfusionMatrix matrix = scores.confusionMatrix().orElseThrow();
    out.println(scores);
    out.println();
    TextTable table = new TextTable();
    table.row(List.of("", "IoU", "Dice", "pixels"));
    for (Overlap overlap : Overlap.of(matrix)) {
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
  public ObjectNode json(Scores scores) {
    ConfusionMatrix matrix = scores.confusionMatrix().orElseThrow();
    ObjectNode json = Json.object().put("images", scores.examples());
    json.put("pixels", scores.total()).put("correct", scores.correct());
    Json.put(json, "loss", scores.loss());
    EvaluationReport.putValues(json, scores.values());
    ArrayNode classes = json.putArray("classes");
    for (Overlap overlap : Overlap.of(matrix)) {
      ObjectNode object = classes.addObject().put("name", overlap.name());
      Json.put(object, "iou", overlap.iou());
      Json.put(object, "dice", overlap.dice());
      object.put("pixels", overlap.pixels());
    }
    ClassScoresReport.putMatrix(json, matrix);
    return json;
  }
}
