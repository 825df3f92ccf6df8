package io.github.convnet4j.classifier;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.classifier.FitOptions.LastBatch;
import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.data.TargetBatch;
import java.util.Arrays;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/**
 * The batches of a training, epoch after epoch without end, augmented. It may begin anywhere: the
 * batches are those that a training from the start would have had then.
 */
final class BatchSource implements Supplier<TargetBatch> {
  private final Examples examples;
  private final Plan plan;
  private final Shape image;
  private final Augmentation augmentation;
  private final long seed;
  private final EpochOrder orders;

  /** Whole batches, used again by turns: new ones would be all the garbage of a training. */
  private final TargetBatch[] rooms;

  private int turn;

  /** How many orders came before this one. */
  private int ordersBefore;

  private int[] order;
  private int from;

  /**
   * From the plan's start on.
   *
   * @param image {@code [height, width, channels]}
   * @param seed of the augmentation
   * @param inUse how many batches are in use at a time: those before are written over
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
      // Epochs end in the middle of an order: the images of all of them follow one another.
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
   * @param left how many images the epoch has left
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
