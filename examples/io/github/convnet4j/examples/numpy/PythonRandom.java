package io.github.convnet4j.examples.numpy;

import io.github.convnet4j.data.MersenneTwister;

/**
 * The part of Python's {@code random} module with which the lecture picks a test image: the same
 * seed gives the same numbers as in Python.
 *
 * <p>Not thread-safe.
 */
public final class PythonRandom {
  private final MersenneTwister twister;

  private PythonRandom(int seed) {
    this.twister = MersenneTwister.ofArray(seed);
  }

  /**
   * Seeds a generator like {@code random.seed(seed)}.
   *
   * @throws IllegalArgumentException if {@code seed} is {@link Integer#MIN_VALUE}, whose absolute
   *     value (Python drops the sign) is not an int
   */
  public static PythonRandom seed(int seed) {
    if (seed == Integer.MIN_VALUE) {
      throw new IllegalArgumentException("seed must be above " + Integer.MIN_VALUE + ": " + seed);
    }
    return new PythonRandom(Math.abs(seed));
  }

  /**
   * Returns a whole number like {@code random.randint(low, high)}: from {@code low} to {@code
   * high}, both included.
   *
   * @throws IllegalArgumentException if {@code high} is below {@code low}, or the range is wider
   *     than an int
   */
  public int randint(int low, int high) {
    long width = (long) high - low + 1;
    if (width < 1 || width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "high must not be below low, and the range must fit in an int: " + low + ", " + high);
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(width);
    long value;
    do {
      value = Integer.toUnsignedLong(twister.nextInt()) >>> (Integer.SIZE - bits);
    } while (value >= width);
    return (int) (low + value);
  }
}
