package io.github.convnet4j.evaluate;

import java.util.List;
import java.util.Locale;

/**
 * How close predicted numbers are to their targets.
 *
 * @param loss the mean of the examples' losses, without any penalty on weights
 * @param absoluteErrors the mean of {@code |prediction - target|}, for each target
 * @param r2s the coefficient of determination, for each target: 1 - (sum of squared errors) / (sum
 *     of squared distances of the target from its mean). It is 1 at best, 0 for always predicting
 *     the mean, and NaN if the target is the same in all examples
 */
public record RegressionEvaluation(double loss, List<Double> absoluteErrors, List<Double> r2s) {
  public RegressionEvaluation {
    absoluteErrors = List.copyOf(absoluteErrors);
    r2s = List.copyOf(r2s);
    if (absoluteErrors.isEmpty() || absoluteErrors.size() != r2s.size()) {
      throw new IllegalArgumentException(
          "absoluteErrors and r2s must have the same length, at least 1: %d and %d"
              .formatted(absoluteErrors.size(), r2s.size()));
    }
  }

  /**
   * Computes the result.
   *
   * @param loss the mean of the examples' losses
   * @param targets {@code [examples, n]} row by row
   * @param predictions {@code [examples, n]} row by row
   * @param n number of targets of each example
   * @throws IllegalArgumentException if the arrays do not have the same whole number of rows
   */
  public static RegressionEvaluation of(double loss, float[] targets, float[] predictions, int n) {
    RegressionReport report = RegressionReport.of(targets, predictions, n);
    return new RegressionEvaluation(loss, report.absoluteErrors(), report.r2s());
  }

  /** Returns the mean of {@code |prediction - target|} over all examples and targets. */
  public double meanAbsoluteError() {
    return mean(absoluteErrors);
  }

  /** Returns the mean of the coefficients of determination of all targets, with equal weights. */
  public double r2() {
    return mean(r2s);
  }

  private static double mean(List<Double> values) {
    return PairwiseSum.mean(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Returns a single line: {@code loss 0.0012, mean absolute error 0.0270, R² 0.9751}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "loss %.4f, mean absolute error %.4f, R² %.4f",
        loss,
        meanAbsoluteError(),
        r2());
  }
}
