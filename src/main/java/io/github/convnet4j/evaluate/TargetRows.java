package io.github.convnet4j.evaluate;

/** Targets and predictions {@code [examples, n]}, row by row. */
final class TargetRows {
  private TargetRows() {}

  static void check(float[] targets, float[] predictions, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1: " + n);
    }
    if (targets.length == 0 || targets.length % n != 0 || targets.length != predictions.length) {
      throw new IllegalArgumentException(
          "targets and predictions must have the same number of rows of %d, at least 1: %d and %d values"
              .formatted(n, targets.length, predictions.length));
    }
  }

  static double[] column(float[] values, int n, int column) {
    double[] numbers = new double[values.length / n];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values[i * n + column];
    }
    return numbers;
  }
}
