package io.github.convnet4j.evaluate;

import java.util.Locale;

/**
 * An interval that is likely to contain a true share, computed from the share of a sample.
 *
 * @param level how often such intervals contain the true share, from 0 to 1
 * @param low from 0 to 1
 * @param high from {@code low} to 1
 */
public record ConfidenceInterval(double level, double low, double high) {
  private static final double LEVEL = 0.95;

  /** The 97.5 % quantile of the standard normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * Returns the Wilson score interval at the level of 95 %, without continuity correction: E. B.
   * Wilson, "Probable inference, the law of succession, and statistical inference", J. Am. Stat.
   * Assoc. 22, 1927. It is also valid for few examples, and near 0 and 1.
   *
   * @param hits from 0 to {@code total}
   * @param total at least 1
   */
  public static ConfidenceInterval wilson(long hits, long total) {
    if (total < 1) {
      throw new IllegalArgumentException("total must be at least 1: " + total);
    }
    if (hits < 0 || hits > total) {
      throw new IllegalArgumentException("hits must be from 0 to %d: %d".formatted(total, hits));
    }
    double n = total;
    double share = hits / n;
    double scale = 1 + Z * Z / n;
    double center = (share + Z * Z / (2 * n)) / scale;
    double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / scale;
    // Exactly 0 and 1 at the ends, without rounding errors.
    double low = hits == 0 ? 0 : center - half;
    double high = hits == total ? 1 : center + half;
    return new ConfidenceInterval(LEVEL, low, high);
  }

  /** Returns the interval as text: {@code 0.9719 to 0.9780 (95 %)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.4f to %.4f (%.0f %%)", low, high, 100 * level);
  }
}
