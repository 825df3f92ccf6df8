package io.github.convnet4j.examples.numpy;

/**
 * The parts of a finite number as printed: {@code whole}, a point, {@code fraction}, {@code
 * exponent}.
 *
 * @param whole the sign and the digits before the point
 * @param fraction the digits after the point, possibly none
 * @param exponent such as {@code e-05}, with two digits or three; empty in positional notation
 */
record FloatText(String whole, String fraction, String exponent) {
  /** From this value on, numpy prints a single number in scientific notation. */
  private static final double SCALAR_MAX = 1e16;

  /** Below this value, numpy prints a single number in scientific notation. */
  private static final double SCALAR_MIN = 1e-4;

  static FloatText positional(BinaryFloat number, Cutoff cutoff) {
    Decimal decimal = Decimal.of(number, cutoff);
    return new FloatText(sign(number) + decimal.whole(), decimal.fraction(), "");
  }

  static FloatText scientific(BinaryFloat number, Cutoff cutoff) {
    Decimal decimal = Decimal.of(number, cutoff);
    String digits = decimal.digits();
    int power = Math.abs(decimal.exponent());
    String exponent = (decimal.exponent() < 0 ? "e-" : "e+") + (power < 10 ? "0" : "") + power;
    return new FloatText(sign(number) + digits.substring(0, 1), digits.substring(1), exponent);
  }

  /**
   * Returns a single number as {@code str} of a numpy scalar prints it, for example {@code 12.0}.
   */
  static String ofScalar(FloatType type, double value) {
    if (!Double.isFinite(value)) {
      return ofNonFinite(value);
    }
    double magnitude = Math.abs(value);
    BinaryFloat number = type.parts(value);
    if (magnitude == 0 || (magnitude >= SCALAR_MIN && magnitude < SCALAR_MAX)) {
      FloatText text = positional(number, Cutoff.shortest());
      return text.whole() + "." + (text.fraction().isEmpty() ? "0" : text.fraction());
    }
    FloatText text = scientific(number, Cutoff.shortest());
    String point = text.fraction().isEmpty() ? "" : ".";
    return text.whole() + point + text.fraction() + text.exponent();
  }

  /** Returns {@code nan}, {@code inf} or {@code -inf}. */
  static String ofNonFinite(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    return value < 0 ? "-inf" : "inf";
  }

  private static String sign(BinaryFloat number) {
    return number.negative() ? "-" : "";
  }
}
