package io.github.convnet4j.data;

import java.util.stream.IntStream;

/**
 * The shuffled order of the images in each epoch. Every epoch shuffles the order of the one before,
 * as {@code images = images[perm]} with numpy's permutation does. The same size and seed give the
 * same orders.
 *
 * <p>Not thread-safe.
 */
public final class EpochOrder {
  private final MersenneTwister random;
  private final int[] order;

  private EpochOrder(int size, int seed) {
    this.random = MersenneTwister.ofScalar(seed);
    this.order = IntStream.range(0, size).toArray();
  }

  /**
   * Returns the order before the first epoch.
   *
   * @param size number of images, not negative
   * @param seed as in {@code numpy.random.seed(seed)}; a negative number is read as an unsigned one
   *     of 32 bits
   */
  public static EpochOrder of(int size, int seed) {
    return new EpochOrder(size, seed);
  }

  /** Returns the order of the next epoch, a permutation of {@code 0 … size - 1}. */
  public int[] next() {
    shuffle();
    return order.clone();
  }

  /**
   * Shuffles like {@code numpy.random.shuffle}: from the end, swaps each element with one at or
   * before it.
   */
  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = atMost(i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /** Returns an integer from 0 to {@code max}, both inclusive, by masking and rejection. */
  private int atMost(int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value;
    do {
      value = random.nextInt() & mask;
    } while (value > max);
    return value;
  }
}
