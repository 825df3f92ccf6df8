package io.github.convnet4j.classifier;

import io.github.convnet4j.augment.Augmentation;
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
  private int epochs;
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
    epochs = plan.start().epochs();
    for (int i = 0; i < epochs; i++) {
      orders.next();
    }
    order = orders.next();
    from = plan.start().inEpoch().images();
  }

  @Override
  public TargetBatch get() {
    if (from == order.length) {
      order = orders.next();
      epochs++;
      from = 0;
    }
    // In this form because from + batchSize may be too large for an int.
    int to = from + Math.min(plan.batchSize(), order.length - from);
    TargetBatch batch = room(to - from);
    examples.fill(Arrays.copyOfRange(order, from, to), batch);
    if (!augmentation.transforms().isEmpty()) {
      augmentation.applyToBatch(
          batch.images(),
          batch.size(),
          (int) image.get(0),
          (int) image.get(1),
          (int) image.get(2),
          seed,
          (long) epochs * order.length + from);
    }
    from = to;
    return batch;
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
