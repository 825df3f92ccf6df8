package io.github.convnet4j.train;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.train.FitOptions.LastBatch;
import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.data.TargetBatch;
import java.util.Arrays;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/**
 * Endlessly supplies the batches of a training run, epoch after epoch, augmented. It can start at
 * any position: the batches are the same as those of a run from the beginning.
 */
final class BatchSource implements Supplier<TargetBatch> {
  private final Examples examples;
  private final Plan plan;
  private final Shape image;
  private final Augmentation augmentation;
  private final long seed;
  private final EpochOrder orders;

  /** Batches that are reused in turn: new ones would be nearly all the garbage of a run. */
  private final TargetBatch[] rooms;

  private int turn;

  /** Number of orders before the current one. */
  private int ordersBefore;

  private int[] order;
  private int from;

  /**
   * Starts where the plan starts.
   *
   * @param image {@code [height, width, channels]}
   * @param seed seed of the augmentation
   * @param inUse number of batches in use at the same time; earlier ones are overwritten
   */
  BatchSource(
      Examples examples, Plan plan, Shape image, Augmentation augmentation, long seed, int inUse) {
    this.examples = examples;
    this.plan = plan;
    this.image = image;
    this.augmentation = augmentation;
    this.seed = seed;
    rooms = new TargetBatch[inUse];
    orders = EpochOrder.of(plan.size(), plan.shuffleSeed());
    order = orders.next();
    int epochs = plan.start().epochs();
    int images = plan.start().inEpoch().images();
    if (plan.lastBatch() == LastBatch.CARRY_OVER) {
      // Epochs end in the middle of an order, so count the images over all epochs.
      long before = (long) epochs * plan.imagesPerEpoch() + images;
      moveTo(Math.toIntExact(before / plan.size()), (int) (before % plan.size()));
    } else {
      moveTo(epochs, images);
    }
  }

  private void moveTo(int orderNumber, int firstImage) {
    while (ordersBefore < orderNumber) {
      nextOrder();
    }
    from = firstImage;
  }

  private void nextOrder() {
    order = orders.next();
    ordersBefore++;
    from = 0;
  }

  @Override
  public TargetBatch get() {
    int end = plan.lastBatch() == LastBatch.DROP ? plan.imagesPerEpoch() : order.length;
    if (from == end) {
      nextOrder();
    }
    long position = (long) ordersBefore * order.length + from;
    int[] indices = nextIndices(end - from);
    TargetBatch batch = room(indices.length);
    examples.fill(indices, batch);
    if (!augmentation.transforms().isEmpty()) {
      augmentation.applyToBatch(
          batch.images(),
          batch.size(),
          (int) image.get(0),
          (int) image.get(1),
          (int) image.get(2),
          seed,
          position);
    }
    return batch;
  }

  /**
   * @param left number of images that are left in this order
   */
  private int[] nextIndices(int left) {
    if (plan.batchSize() > left && plan.lastBatch() == LastBatch.CARRY_OVER) {
      int[] indices = Arrays.copyOf(Arrays.copyOfRange(order, from, from + left), plan.batchSize());
      nextOrder();
      from = plan.batchSize() - left;
      System.arraycopy(order, 0, indices, left, from);
      return indices;
    }
    int first = from;
    from += Math.min(plan.batchSize(), left);
    return Arrays.copyOfRange(order, first, from);
  }

  private TargetBatch room(int size) {
    turn = (turn + 1) % rooms.length;
    // The last batch of an epoch may be smaller.
    if (rooms[turn] == null || rooms[turn].size() != size) {
      rooms[turn] = examples.room(size);
    }
    return rooms[turn];
  }
}
