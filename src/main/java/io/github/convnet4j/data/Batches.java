package io.github.convnet4j.data;

import java.util.Arrays;

/**
 * Endless batches of a {@link DataSet} in a shuffled order, with the semantics of {@code
 * next_batch} in TensorFlow 1's MNIST tutorial and numpy's random numbers: the same seed gives the
 * same batches as there.
 *
 * <ul>
 *   <li>The first call shuffles; each new epoch shuffles what the epoch before left.
 *   <li>A batch that crosses the end of an epoch takes the rest of it, and the start of the next,
 *       newly shuffled.
 *   <li>A batch that ends exactly at the end leaves the new epoch to the next call.
 * </ul>
 *
 * <p>Only the order is shuffled; the pixels stay where they are. Not safe for use by several
 * threads at once.
 */
public final class Batches {
  private final DataSet data;
  private final EpochOrder epochs;
  private int[] order;
  private int position;
  private int epochsCompleted;

  Batches(DataSet data, int seed) {
    this.data = data;
    this.epochs = EpochOrder.of(data.size(), seed);
    this.order = epochs.next();
  }

  /**
   * The next images of the shuffled order.
   *
   * @throws IllegalArgumentException if {@code batchSize} is below 1 or above the data's size
   */
  public Batch nextBatch(int batchSize) {
    if (batchSize < 1 || batchSize > order.length) {
      throw new IllegalArgumentException(
          "batch size must be from 1 to %d, the number of images: %d"
              .formatted(order.length, batchSize));
    }
    int rest = order.length - position;
    if (batchSize <= rest) {
      position += batchSize;
      return data.batch(Arrays.copyOfRange(order, position - batchSize, position));
    }
    int[] indices = Arrays.copyOfRange(order, position, position + batchSize);
    order = epochs.next();
    epochsCompleted++;
    position = batchSize - rest;
    System.arraycopy(order, 0, indices, rest, position);
    return data.batch(indices);
  }

  /** How often the end of the data has been crossed. */
  public int epochsCompleted() {
    return epochsCompleted;
  }
}
