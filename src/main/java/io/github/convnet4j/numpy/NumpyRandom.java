package io.github.convnet4j.numpy;

/**
 * The part of {@code numpy.random}'s legacy interface that the lecture's batches are drawn with:
 * the same seed gives the same permutations as {@code numpy.random.seed(seed)} followed by {@code
 * numpy.random.shuffle}.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class NumpyRandom {
  private final MersenneTwister twister;

  private NumpyRandom(int seed) {
    this.twister = MersenneTwister.ofScalar(seed);
  }

  /** As {@code numpy.random.seed(seed)}; a negative number stands for its unsigned 32 bits. */
  public static NumpyRandom seed(int seed) {
    return new NumpyRandom(seed);
  }

  /**
   * Shuffles in place as {@code numpy.random.shuffle} does: from the end, each element swapped with
   * one at or before it.
   */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = atMost(i);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  /** A whole number from 0 to {@code max}, both included, by masking and rejection. */
  private int atMost(int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value;
    do {
      value = twister.nextInt() & mask;
    } while (value > max);
    return value;
  }
}
