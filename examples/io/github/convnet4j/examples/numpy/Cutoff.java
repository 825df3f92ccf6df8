package io.github.convnet4j.examples.numpy;

import java.util.function.IntUnaryOperator;

/**
 * Where the digits of a number end, in powers of ten and as functions of the first digit's power.
 *
 * @param last the place at which digits end even if the number is not told from its neighbours yet
 * @param enough the place before which digits do not end even if the number is told from them
 */
record Cutoff(IntUnaryOperator last, IntUnaryOperator enough) {
  private static final IntUnaryOperator FIRST_DIGIT = IntUnaryOperator.identity();

  /** As many digits as tell the number from its neighbours. */
  static Cutoff shortest() {
    return new Cutoff(first -> Integer.MIN_VALUE, FIRST_DIGIT);
  }

  /** At most this many digits after the point. */
  static Cutoff fraction(int most) {
    return new Cutoff(first -> -most, FIRST_DIGIT);
  }

  /** All digits before the point and at most this many after it. */
  static Cutoff wholeAndFraction(int most) {
    return new Cutoff(first -> -most, first -> Math.min(first, 0));
  }

  /** At most this many digits in all. */
  static Cutoff digits(int most) {
    return new Cutoff(first -> first + 1 - most, FIRST_DIGIT);
  }

  /** This many digits in all, be they needed or not. */
  static Cutoff exactDigits(int count) {
    IntUnaryOperator place = first -> first + 1 - count;
    return new Cutoff(place, place);
  }
}
