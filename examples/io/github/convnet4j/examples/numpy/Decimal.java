package io.github.convnet4j.examples.numpy;

import java.math.BigInteger;

/**
 * The absolute value of a number in decimal digits.
 *
 * <p>The digits are those that numpy prints: the free-format algorithm of Burger and Dybvig,
 * "Printing Floating-Point Numbers Quickly and Accurately" (1996), stopped earlier or later where
 * numpy has a precision. {@link Float#toString} does not work here, since before JDK 19 it gives
 * more digits than necessary.
 *
 * @param digits at least one, without trailing zeros except for zero itself
 * @param exponent the power of ten of the first digit
 */
record Decimal(String digits, int exponent) {
  private static final double LOG10_2 = Math.log10(2);

  static Decimal of(BinaryFloat number, Cutoff cutoff) {
    if (number.mantissa() == 0) {
      return new Decimal("0", 0);
    }
    return new Generator(number).generate(cutoff);
  }

  /** Returns the digits before the point, or a zero if there are none. */
  String whole() {
    if (exponent < 0) {
      return "0";
    }
    int count = exponent + 1;
    return digits.length() >= count
        ? digits.substring(0, count)
        : digits + "0".repeat(count - digits.length());
  }

  /** Returns the digits after the point, possibly none. */
  String fraction() {
    if (exponent < 0) {
      return digits.equals("0") ? "" : "0".repeat(-exponent - 1) + digits;
    }
    return digits.length() > exponent + 1 ? digits.substring(exponent + 1) : "";
  }

  /**
   * The number as a quotient {@code value / scale}, with the distances, in the same scale, to the
   * ends of the interval of decimals that are read back as the same number.
   */
  private static final class Generator {
    private final boolean endsIncluded;
    private BigInteger value;
    private BigInteger scale;
    private BigInteger below;
    private BigInteger above;
    private int place;

    Generator(BinaryFloat number) {
      // Rounding to even reads the ends of the interval back as the even number.
      endsIncluded = (number.mantissa() & 1) == 0;
      // Quarters, since half the distance to a closer number below is a quarter of a last bit.
      int up = Math.max(number.exponent(), 0);
      value = BigInteger.valueOf(number.mantissa()).shiftLeft(up + 2);
      scale = BigInteger.ONE.shiftLeft(up - number.exponent() + 2);
      above = BigInteger.TWO.shiftLeft(up);
      below = number.closerBelow() ? BigInteger.ONE.shiftLeft(up) : above;
      int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(number.mantissa());
      // Correct or one too small.
      place = (int) Math.floor((bits + number.exponent()) * LOG10_2);
      if (place >= 0) {
        scale = scale.multiply(BigInteger.TEN.pow(place));
      } else {
        multiply(BigInteger.TEN.pow(-place));
      }
      BigInteger tenfold = scale.multiply(BigInteger.TEN);
      if (value.compareTo(tenfold) >= 0) {
        scale = tenfold;
        place++;
      }
    }

    Decimal generate(Cutoff cutoff) {
      int first = place;
      int last = cutoff.last().applyAsInt(first);
      int enough = cutoff.enough().applyAsInt(first);
      StringBuilder digits = new StringBuilder();
      while (true) {
        BigInteger[] quotient = value.divideAndRemainder(scale);
        int digit = quotient[0].intValueExact();
        value = quotient[1];
        boolean low = isWithin(value.compareTo(below));
        boolean high = isWithin(scale.compareTo(value.add(above)));
        if (place == last || ((low || high) && place <= enough)) {
          boolean down = low == high ? isNearerDown(digit) : low;
          digits.append((char) ('0' + digit));
          return down ? trimmed(digits, first) : incremented(digits, first);
        }
        digits.append((char) ('0' + digit));
        multiply(BigInteger.TEN);
        place--;
      }
    }

    private boolean isWithin(int comparison) {
      return endsIncluded ? comparison <= 0 : comparison < 0;
    }

    /**
     * Returns whether to round down: the rest is below half a unit, or is half and the digit is
     * even.
     */
    private boolean isNearerDown(int digit) {
      int comparison = value.shiftLeft(1).compareTo(scale);
      return comparison == 0 ? (digit & 1) == 0 : comparison < 0;
    }

    private void multiply(BigInteger factor) {
      value = value.multiply(factor);
      below = below.multiply(factor);
      above = above.multiply(factor);
    }

    private static Decimal incremented(StringBuilder digits, int exponent) {
      int end = digits.length();
      while (end > 0 && digits.charAt(end - 1) == '9') {
        end--;
      }
      if (end == 0) {
        return new Decimal("1", exponent + 1);
      }
      digits.setLength(end);
      digits.setCharAt(end - 1, (char) (digits.charAt(end - 1) + 1));
      return new Decimal(digits.toString(), exponent);
    }

    private static Decimal trimmed(StringBuilder digits, int exponent) {
      int end = digits.length();
      while (end > 1 && digits.charAt(end - 1) == '0') {
        end--;
      }
      digits.setLength(end);
      return new Decimal(digits.toString(), exponent);
    }
  }
}
