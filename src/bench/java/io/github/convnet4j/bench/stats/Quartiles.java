package io.github.convnet4j.bench.stats;

import java.util.Collection;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * The median and the quartiles of some numbers, interpolated as numpy does by default.
 *
 * @param count the number of values
 * @param lower the lower quartile: a quarter of the values is below
 * @param median half of the values are below
 * @param upper the upper quartile: three quarters of the values are below
 */
public record Quartiles(int count, double lower, double median, double upper) {
  private static final double LOWER = 25;
  private static final double MEDIAN = 50;
  private static final double UPPER = 75;

  /**
   * Computes the quartiles of these numbers.
   *
   * @throws IllegalArgumentException if there are no numbers, or one is NaN
   */
  public static Quartiles of(double... values) {
    Percentile percentile = percentile(values);
    return new Quartiles(
        values.length,
        percentile.evaluate(LOWER),
        percentile.evaluate(MEDIAN),
        percentile.evaluate(UPPER));
  }

  /** Does the same as {@link #of(double...)}. */
  public static Quartiles of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Returns the number below which a share of the values is.
   *
   * @param percent above 0, at most 100
   */
  public static double percentile(double percent, double... values) {
    return percentile(values).evaluate(percent);
  }

  private static Percentile percentile(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("there must be at least one value: there is none");
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
