package io.github.convnet4j.bench.stats;

import java.util.Collection;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Some numbers by their middle and their spread. Between two numbers it is interpolated as numpy
 * does by default.
 *
 * @param count how many numbers
 * @param lower a quarter of them is below
 * @param median half of them is below
 * @param upper three quarters of them are below
 */
public record Quartiles(int count, double lower, double median, double upper) {
  private static final double LOWER = 25;
  private static final double MEDIAN = 50;
  private static final double UPPER = 75;

  /**
   * Of these numbers.
   *
   * @throws IllegalArgumentException if there is none, or one is not a number
   */
  public static Quartiles of(double... values) {
    Percentile percentile = percentile(values);
    return new Quartiles(
        values.length,
        percentile.evaluate(LOWER),
        percentile.evaluate(MEDIAN),
        percentile.evaluate(UPPER));
  }

  /** As {@link #of(double...)}. */
  public static Quartiles of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * The number below which a share of the values lies.
   *
   * @param percent above 0, at most 100
   */
  public static double percentile(double percent, double... values) {
    return percentile(values).evaluate(percent);
  }

  private static Percentile percentile(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values must be at least one: there is none");
    }
    for (double value : values) {
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("values must be numbers: one is NaN");
      }
    }
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(values);
    return percentile;
  }
}
