package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How close predicted numbers are to their targets, for each target.
 *
 * @param absoluteErrors the mean of {@code |prediction - target|}, for each target
 * @param rootMeanSquaredErrors the square root of the mean of {@code (prediction - target)²}, for
 *     each target
 * @param r2s the coefficient of determination, for each target: 1 - (sum of squared errors) / (sum
 *     of squared distances of the target from its mean). It is 1 at best, 0 for always predicting
 *     the mean, and NaN if the target is the same in all examples
 */
public record RegressionReport(
    List<Double> absoluteErrors, List<Double> rootMeanSquaredErrors, List<Double> r2s) {
  /** Copies the lists. */
  public RegressionReport {
    absoluteErrors = List.copyOf(absoluteErrors);
    rootMeanSquaredErrors = List.copyOf(rootMeanSquaredErrors);
    r2s = List.copyOf(r2s);
    if (absoluteErrors.isEmpty()
        || absoluteErrors.size() != rootMeanSquaredErrors.size()
        || absoluteErrors.size() != r2s.size()) {
      throw new IllegalArgumentException(
          "absoluteErrors, rootMeanSquaredErrors and r2s must have the same length, at least 1: %d, %d and %d"
              .formatted(absoluteErrors.size(), rootMeanSquaredErrors.size(), r2s.size()));
    }
  }

  /**
   * Computes the report.
   *
   * @param targets {@code [examples, n]} row by row
   * @param predictions {@code [examples, n]} row by row
   * @param n number of targets of each example
   * @throws IllegalArgumentException if the arrays do not have the same whole number of rows
   */
  public static RegressionReport of(float[] targets, float[] predictions, int n) {
    TargetRows.check(targets, predictions, n);
    List<Double> absoluteErrors = new ArrayList<>();
    List<Double> roots = new ArrayList<>();
    List<Double> r2s = new ArrayList<>();
    for (int column = 0; column < n; column++) {
      double[] wanted = TargetRows.column(targets, n, column);
      double[] given = TargetRows.column(predictions, n, column);
      double mean = PairwiseSum.mean(wanted);
      double[] errors = new double[wanted.length];
      double[] squares = new double[wanted.length];
      double[] distances = new double[wanted.length];
      boolean same = true;
      for (int i = 0; i < wanted.length; i++) {
        double error = given[i] - wanted[i];
        errors[i] = Math.abs(error);
        squares[i] = error * error;
        distances[i] = (wanted[i] - mean) * (wanted[i] - mean);
        same &= wanted[i] == wanted[0];
      }
      absoluteErrors.add(PairwiseSum.mean(errors));
      roots.add(Math.sqrt(PairwiseSum.mean(squares)));
      // Compares the numbers themselves, because their mean may have a rounding error.
      r2s.add(same ? Double.NaN : 1 - PairwiseSum.of(squares) / PairwiseSum.of(distances));
    }
    return new RegressionReport(absoluteErrors, roots, r2s);
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

  /** Returns a line for each target, from 0, with {@code \n} after each line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < r2s.size(); i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "target %d: mean absolute error %.4f, root mean squared error %.4f, R² %.4f\n",
              i,
              absoluteErrors.get(i),
              rootMeanSquaredErrors.get(i),
              r2s.get(i)));
    }
    return text.toString();
  }
}
