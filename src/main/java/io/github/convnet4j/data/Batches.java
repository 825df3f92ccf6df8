package io.github.convnet4j.data;

import java.util.Arrays;

/**
 * Endless shuffled batches of a {@link DataSet}. They follow {@code next_batch} of TensorFlow 1's
 * MNIST tutorial and use numpy's random numbers, so the same seed gives the same batches as in
 * Python.
 *
 * <ul>
 *   <li>The first epoch is shuffled; each later epoch shuffles the order of the one before.
 *   <li>A batch that crosses the end of an epoch takes the rest of it, and the start of the next
 *       one after shuffling.
 *   <li>If a batch ends exactly at the end of an epoch, the next call starts the new epoch.
 * </ul>
 *
 * <p>Only the order is shuffled; the pixels are not moved. Not thread-safe.
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
   * Returns the next images of the shuffled order.
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

  /** Returns how many times the end of the data has been crossed. */
  public int epochsCompleted() {
    return epochsCompleted;
  }
}
