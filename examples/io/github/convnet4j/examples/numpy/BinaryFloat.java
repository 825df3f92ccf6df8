package io.github.convnet4j.examples.numpy;

/**
 * A finite floating-point number, {@code mantissa * 2^exponent}, with its sign.
 *
 * @param negative whether the sign bit is set, also for negative zero
 * @param mantissa the bits, including the hidden one; not negative
 * @param exponent the power of two that the mantissa's last bit stands for
 * @param closerBelow whether the next smaller number is half as far away as the next larger one, as
 *     for powers of two
 */
record BinaryFloat(boolean negative, long mantissa, int exponent, boolean closerBelow) {
  private static final int FLOAT_BITS = 23;
  private static final int DOUBLE_BITS = 52;

  static BinaryFloat of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int fraction = bits & ((1 << FLOAT_BITS) - 1);
    int biased = (bits >>> FLOAT_BITS) & 0xff;
    return of(bits < 0, fraction, biased, FLOAT_BITS, Float.MIN_EXPONENT);
  }

  static BinaryFloat of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & ((1L << DOUBLE_BITS) - 1);
    int biased = (int) (bits >>> DOUBLE_BITS) & 0x7ff;
    return of(bits < 0, fraction, biased, DOUBLE_BITS, Double.MIN_EXPONENT);
  }

  private static BinaryFloat of(
      boolean negative, long fraction, int biased, int fractionBits, int minExponent) {
    if (biased == 0) {
      return new BinaryFloat(negative, fraction, minExponent - fractionBits, false);
    }
    // The smallest normal number is as far from the number below it as from the one above.
    return new BinaryFloat(
        negative,
        fraction | 1L << fractionBits,
        minExponent - fractionBits + biased - 1,
        fraction == 0 && biased > 1);
  }
}
