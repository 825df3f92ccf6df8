package io.github.convnet4j.evaluate;

import io.github.convnet4j.check.Largest;
import org.tensorflow.ndarray.Shape;

/**
 * Where the classes are in the arrays of a classification, {@code [examples, classes]} both, or of
 * a segmentation, {@code [examples, height, width, classes]} and {@code [examples, height, width]}.
 * Either way, predictions are rows with a number for each class; a segmentation has a row for each
 * pixel.
 */
final class ClassLayout {
  /** The label of a pixel that is not labelled. */
  static final int NOT_LABELLED = -1;

  private final String metric;
  private final BatchLayout batches;
  private final int classes;
  private final boolean numbers;

  private ClassLayout(String metric, BatchLayout batches, int classes, boolean numbers) {
    this.metric = metric;
    this.batches = batches;
    this.classes = classes;
    this.numbers = numbers;
  }

  /**
   * @param metric the name to use in messages
   * @throws IllegalArgumentException if the shapes are not those of a classification or
   *     segmentation
   */
  static ClassLayout of(String metric, Shape prediction, Shape target) {
    int rank = prediction.numDimensions();
    boolean numbers = rank > 1 && target.equals(prediction.take(rank - 1));
    if (!BatchLayout.known(prediction)
        || !(numbers || (rank == 1 && target.equals(prediction)))
        || prediction.get(rank - 1) < 2) {
      throw BatchLayout.unsuitable(
          metric,
          "probabilities of two classes or more, [classes] for an output and its target, or"
              + " [height, width, classes] for an output and [height, width] for its target",
          prediction,
          target);
    }
    return new ClassLayout(
        metric,
        BatchLayout.of(prediction, target),
        Math.toIntExact(prediction.get(rank - 1)),
        numbers);
  }

  int classes() {
    return classes;
  }

  /**
   * Returns the class of each row, from 0, or {@link #NOT_LABELLED}.
   *
   * @throws IllegalArgumentException if an array has a wrong length or a target is not valid
   */
  int[] labels(int examples, float[] predictions, float[] targets) {
    batches.check(examples, predictions, targets);
    int[] labels = new int[predictions.length / classes];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = numbers ? number(targets, row) : mostLikely(targets, row);
    }
    return labels;
  }

  private int number(float[] targets, int row) {
    float number = targets[row];
    if (number != Math.rint(number) || Float.isInfinite(number)) {
      throw new IllegalArgumentException(
          "targets must be class numbers for %s: the target of pixel %d of this batch is %s"
              .formatted(metric, row, number));
    }
    return number >= 0 && number < classes ? (int) number : NOT_LABELLED;
  }

  private int mostLikely(float[] targets, int row) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += targets[row * classes + c];
    }
    if (!(Math.abs(sum - 1) <= Probabilities.SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "targets must sum to 1 for %s, since each example has one class: those of example %d of this batch sum to %s; use metrics such as label_f1 for several labels"
              .formatted(metric, row, sum));
    }
    return largest(targets, row);
  }

  /**
   * Returns the predicted class of a row: the first of the largest numbers. NaN is never the
   * largest; a row of NaN is predicted as class 0.
   */
  int prediction(float[] predictions, int row) {
    return largest(predictions, row);
  }

  private int largest(float[] values, int row) {
    return Largest.indexOf(values, row * classes, classes);
  }
}
