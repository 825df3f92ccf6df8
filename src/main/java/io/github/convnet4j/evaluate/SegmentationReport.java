package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well the pixels of each class are found.
 *
 * @param classes the scores of each class
 */
public record SegmentationReport(List<ClassOverlap> classes) {
  /** Copies the list. */
  public SegmentationReport {
    classes = List.copyOf(classes);
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("classes must not be empty");
    }
  }

  /**
   * How well the predicted pixels of a class overlap with its labeled ones.
   *
   * @param name the name of the class
   * @param iou intersection over union: the number of pixels of the class that were predicted as
   *     it, divided by the number of those that belong to it or were predicted as it; 0 if there
   *     are none
   * @param dice twice the number of pixels of the class that were predicted as it, divided by the
   *     sum of the number of those that belong to it and the number of those that were predicted as
   *     it; 0 if there are none
   * @param pixels the number of labeled pixels of the class
   * @param predicted the number of labeled pixels, of any class, that were predicted as the class
   */
  public record ClassOverlap(String name, double iou, double dice, long pixels, long predicted) {
    private boolean isPresent() {
      return pixels + predicted > 0;
    }
  }

  /** Computes the report from counts of pixels. */
  public static SegmentationReport of(ConfusionMatrix matrix) {
    ClassCounts counts = new ClassCounts(matrix.classes());
    matrix.cells().forEach(cell -> counts.add(cell.label(), cell.prediction(), cell.count()));
    List<ClassOverlap> classes = new ArrayList<>();
    for (int c = 0; c < matrix.classes(); c++) {
      classes.add(
          new ClassOverlap(
              matrix.classNames().get(c),
              Ratio.IOU.of(counts, c),
              Ratio.F1.of(counts, c),
              counts.labelled(c),
              counts.predicted(c)));
    }
    return new SegmentationReport(classes);
  }

  /**
   * Returns the mean IoU of the classes that have pixels or were predicted, as {@link
   * Metrics#meanIou} does; NaN if there are none.
   */
  public double meanIou() {
    return PairwiseSum.mean(
        classes.stream().filter(ClassOverlap::isPresent).mapToDouble(ClassOverlap::iou).toArray());
  }

  /**
   * Returns the mean Dice coefficient of the classes that have pixels or were predicted, as {@link
   * Metrics#dice} does; NaN if there are none.
   */
  public double meanDice() {
    return PairwiseSum.mean(
        classes.stream().filter(ClassOverlap::isPresent).mapToDouble(ClassOverlap::dice).toArray());
  }

  /** Returns a line for each class, with {@code \n} after each line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (ClassOverlap overlap : classes) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: IoU %.4f, Dice %.4f, %d pixels\n",
              overlap.name(),
              overlap.iou(),
              overlap.dice(),
              overlap.pixels()));
    }
    return text.toString();
  }
}
