package io.github.convnet4j.bench.report;

import io.github.convnet4j.bench.stats.Quartiles;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalLong;

/** Formats numbers for the tables. */
public final class Format {
  private static final double MILLISECONDS = 1e3;
  private static final MathContext DIGITS = new MathContext(3);
  private static final double MEBIBYTE = 1 << 20;

  private Format() {}

  /** Formats seconds as milliseconds, {@code 38.2 [37.9 39.0]}: the median and the quartiles. */
  public static String milliseconds(Quartiles seconds) {
    return "%s [%s %s]"
        .formatted(
            milliseconds(seconds.median()),
            milliseconds(seconds.lower()),
            milliseconds(seconds.upper()));
  }

  /**
   * Formats seconds as milliseconds with three digits: {@code 0.352}, {@code 38.2}, {@code 3190}.
   */
  public static String milliseconds(double seconds) {
    BigDecimal rounded = BigDecimal.valueOf(seconds * MILLISECONDS).round(DIGITS);
    int decimals = DIGITS.getPrecision() - rounded.precision() + rounded.scale();
    return rounded.setScale(Math.max(0, decimals)).toPlainString();
  }

  /** Formats a ratio, {@code 1.021 [1.015 1.030]}: the median and the quartiles. */
  public static String ratio(Quartiles ratio) {
    return String.format(
        Locale.ROOT, "%.3f [%.3f %.3f]", ratio.median(), ratio.lower(), ratio.upper());
  }

  /** Formats a rate per second in whole numbers: the median and the quartiles. */
  public static String rate(Quartiles rate) {
    return String.format(
        Locale.ROOT, "%.0f [%.0f %.0f]", rate.median(), rate.lower(), rate.upper());
  }

  /** Formats a cost with four digits after the point. */
  public static String cost(double cost) {
    return String.format(Locale.ROOT, "%.4f", cost);
  }

  /** Formats bytes as MiB, or says that they are not available. */
  public static String mebibytes(OptionalLong bytes) {
    return bytes.isPresent() ? mebibytes(bytes.getAsLong()) : "not available";
  }

  /** Formats bytes as MiB. */
  public static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f", bytes / MEBIBYTE);
  }
}
