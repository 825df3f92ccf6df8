package io.github.convnet4j.bench.stats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;

/**
 * A sum of quantities, each times a coefficient, that fits the measurements best: it minimizes the
 * sum of the squared relative errors, so that a step of 1 ms counts as much as one of 1 s.
 *
 * @param coefficients one for each quantity
 * @param worst the largest relative error: 0.1 if 10 % more was measured than the sum says
 * @param worstAt the index of that measurement
 */
public record RelativeFit(List<Double> coefficients, double worst, int worstAt) {
  public RelativeFit {
    coefficients = List.copyOf(coefficients);
  }

  /** Fits the line {@code intercept + slope * x}; the coefficients are in this order. */
  public static RelativeFit line(double[] x, double[] measured) {
    return of(
        Arrays.stream(x).mapToObj(value -> new double[] {1, value}).toArray(double[][]::new),
        measured);
  }

  /**
   * Finds the sum that fits best.
   *
   * @param quantities {@code [measured, quantities]}
   * @param measured the measurements, all above 0
   * @throws IllegalArgumentException if these do not determine the coefficients: there are fewer
   *     measurements than coefficients, or a quantity is always a sum of others
   */
  public static RelativeFit of(double[][] quantities, double[] measured) {
    int points = measured.length;
    int terms = points == 0 ? 0 : quantities[0].length;
    if (points == 0 || points < terms) {
      throw new IllegalArgumentException(
          "measured must have at least %d values, one for each coefficient: %d"
              .formatted(terms, points));
    }
    // Scales the columns, since 1 and some 1e9 multiplications occur together.
    double[] scale =
        IntStream.range(0, terms)
            .mapToDouble(t -> Arrays.stream(quantities).mapToDouble(row -> row[t]).max().orElse(0))
            .toArray();
    double[][] rows = new double[points][terms];
    for (int p = 0; p < points; p++) {
      for (int t = 0; t < terms; t++) {
        rows[p][t] = quantities[p][t] / scale[t] / measured[p];
      }
    }
    double[] ones = new double[points];
    Arrays.fill(ones, 1);
    DecompositionSolver solver =
        new QRDecomposition(MatrixUtils.createRealMatrix(rows), 1e-12).getSolver();
    if (!solver.isNonSingular()) {
      throw new IllegalArgumentException(
          "quantities must differ from point to point, and from each other: they do not determine %d"
                  .formatted(terms)
              + " coefficients");
    }
    double[] solved = solver.solve(new ArrayRealVector(ones)).toArray();
    List<Double> coefficients =
        IntStream.range(0, terms).mapToObj(t -> solved[t] / scale[t]).toList();
    return withWorst(coefficients, quantities, measured);
  }

  private static RelativeFit withWorst(
      List<Double> coefficients, double[][] quantities, double[] measured) {
    double worst = 0;
    int worstAt = 0;
    for (int p = 0; p < measured.length; p++) {
      double error = measured[p] / sum(coefficients, quantities[p]) - 1;
      if (Math.abs(error) > Math.abs(worst)) {
        worst = error;
        worstAt = p;
      }
    }
    return new RelativeFit(coefficients, worst, worstAt);
  }

  /** Returns the sum for some quantities. */
  public double at(double... quantities) {
    return sum(coefficients, quantities);
  }

  private static double sum(List<Double> coefficients, double... quantities) {
    return IntStream.range(0, quantities.length)
        .mapToDouble(t -> coefficients.get(t) * quantities[t])
        .sum();
  }
}
