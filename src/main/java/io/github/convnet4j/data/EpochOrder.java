package io.github.convnet4j.data;

import java.util.stream.IntStream;

/**
 * The shuffled order of some images, epoch after epoch: each shuffles what the one before left, as
 * {@code images = images[perm]} with numpy's permutation does. The same size and seed give the same
 * orders.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class EpochOrder {
  private final MersenneTwister random;
  private final int[] order;

  private EpochOrder(int size, int seed) {
    this.random = MersenneTwister.ofScalar(seed);
    this.order = IntStream.range(0, size).toArray();
  }

  /**
   * Before the first epoch.
   *
   * @param size number of images, 0 or above
   * @param seed as in {@code numpy.random.seed(seed)}; a negative number stands for its unsigned 32
   *     bits
   */
  public static EpochOrder of(int size, int seed) {
    return new EpochOrder(size, seed);
  }

  /** The order of the next epoch, a permutation of {@code 0 … size - 1}. */
  public int[] next() {
    shuffle();
    return order.clone();
  }

  /**
   * As {@code numpy.random.shuffle} does it: from the end, each element swapped with one at or
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

  /** A whole number from 0 to {@code max}, both included, by masking and rejection. */
  private int atMost(int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value;
    do {
      value = random.nextInt() & mask;
    } while (value > max);
    return value;
  }
}
