package io.github.convnet4j.examples.numpy;

import java.util.function.IntUnaryOperator;

/**
 * Where the digits of a number end. Places are powers of ten, as functions of the first digit's
 * place.
 *
 * @param last the place where digits end even if they do not identify the number yet
 * @param enough the place before which digits do not end even if they identify the number already
 */
record Cutoff(IntUnaryOperator last, IntUnaryOperator enough) {
  private static final IntUnaryOperator FIRST_DIGIT = IntUnaryOperator.identity();

  /** The fewest digits that identify the number. */
  static Cutoff shortest() {
    return new Cutoff(first -> Integer.MIN_VALUE, FIRST_DIGIT);
  }

  /** At most this many digits after the point. */
  static Cutoff fraction(int max) {
    return new Cutoff(first -> -max, FIRST_DIGIT);
  }

  /** All digits before the point and at most this many after it. */
  static Cutoff wholeAndFraction(int max) {
    return new Cutoff(first -> -max, first -> Math.min(first, 0));
  }

  /** At most this many digits in total. */
  static Cutoff digits(int max) {
    return new Cutoff(first -> first + 1 - max, FIRST_DIGIT);
  }

  /** Exactly this many digits in total. */
  static Cutoff exactDigits(int count) {
    IntUnaryOperator place = first -> first + 1 - count;
    return new Cutoff(place, place);
  }
}
