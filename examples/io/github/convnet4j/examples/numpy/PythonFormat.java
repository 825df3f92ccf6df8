package io.github.convnet4j.examples.numpy;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Formats numbers as Python's {@code format} does. */
public final class PythonFormat {
  private PythonFormat() {}

  /** Formats like {@code '{:.9f}'.format(value)}, rounded from the exact value. */
  public static String nineDecimals(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    return new BigDecimal(value).setScale(9, RoundingMode.HALF_EVEN).toPlainString();
  }
}
