package io.github.convnet4j.data;

import io.github.convnet4j.numpy.NumpyRandom;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The shuffled order of some images, epoch after epoch: each shuffles what the one before left, as
 * {@code images = images[perm]} with numpy's permutation does. The same size and seed give the same
 * orders.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class EpochOrder {
  private final NumpyRandom random;
  private int[] order;

  private EpochOrder(int size, int seed) {
    this.random = NumpyRandom.seed(seed);
    this.order = IntStream.range(0, size).toArray();
  }

  /**
   * Before the first epoch.
   *
   * @param size number of images, 0 or above
   * @param seed of numpy's legacy generator
   */
  public static EpochOrder of(int size, int seed) {
    return new EpochOrder(size, seed);
  }

  /** The order of the next epoch, a permutation of {@code 0 … size - 1}. */
  public int[] next() {
    int[] permutation = IntStream.range(0, order.length).toArray();
    random.shuffle(permutation);
    int[] before = order;
    order = Arrays.stream(permutation).map(i -> before[i]).toArray();
    return order.clone();
  }
}
