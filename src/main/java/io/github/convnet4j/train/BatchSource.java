package io.github.convnet4j.train;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.train.FitOptions.LastBatch;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Endlessly supplies the batches of a training run, epoch after epoch, augmented. It can start at
 * any position: the batches are the same as those of a run from the beginning.
 */
final class BatchSource implements Supplier<TrainingBatch> {
  private final Source examples;
  private final Plan plan;
  private final Heads<?> heads;
  private final Augmenter augmenter;
  private final ExampleWeights weights;
  private final EpochOrder orders;

  /** Batches that are reused in turn: new ones would be nearly all the garbage of a run. */
  private final ExampleBatch[] rooms;

  private int turn;

  /** Number of orders before the current one. */
  private int ordersBefore;

  private int[] order;
  private int from;

  /**
   * Starts where the plan starts.
   *
   * @param heads check the targets
   * @param seed seed of the augmentation
   * @param weights those of the examples
   * @param inUse number of batches in use at the same time; earlier ones are overwritten
   */
  BatchSource(
      Source examples,
      Plan plan,
      Heads<?> heads,
      Augmentation augmentation,
      long seed,
      ExampleWeights weights,
      int inUse) {
    this.examples = examples;
    this.plan = plan;
    this.heads = heads;
    this.augmenter = new Augmenter(augmentation, examples.inputShapes(), heads, seed);
    this.weights = weights;
    rooms = new ExampleBatch[inUse];
    checkMemory();
    orders = EpochOrder.of(plan.size(), plan.shuffleSeed());
    order = orders.next();
    int epochs = plan.start().epochs();
    int done = plan.start().inEpoch().examples();
    if (plan.lastBatch() == LastBatch.CARRY_OVER) {
      // Epochs end in the middle of an order, so count the examples over all epochs.
      long before = (long) epochs * plan.examplesPerEpoch() + done;
      moveTo(Math.toIntExact(before / plan.size()), (int) (before % plan.size()));
    } else {
      moveTo(epochs, done);
    }
  }

  /** Refuses batches that cannot fit, before the first one is read. */
  private void checkMemory() {
    long values =
        Stream.concat(examples.inputShapes().stream(), examples.targetShapes().stream())
            .mapToLong(shape -> shape.size())
            .sum();
    checkMemory(rooms.length, Math.min(plan.batchSize(), plan.size()), values);
  }

  /**
   * Refuses batches that cannot fit.
   *
   * @param values the number of values of an example
   */
  static void checkMemory(int batches, int examples, long values) {
    HeapLimit.ofProcess()
        .check(
            "%d batches of %d examples".formatted(batches, examples),
            Float.BYTES * values * examples * batches,
            "use smaller images or a smaller batch size, on the command line --size or"
                + " --batch-size");
  }

  private void moveTo(int orderNumber, int firstExample) {
    while (ordersBefore < orderNumber) {
      nextOrder();
    }
    from = firstExample;
  }

  private void nextOrder() {
    order = orders.next();
    ordersBefore++;
    from = 0;
  }

  @Override
  public TrainingBatch get() {
    int end = plan.lastBatch() == LastBatch.DROP ? plan.examplesPerEpoch() : order.length;
    if (from == end) {
      nextOrder();
    }
    long position = (long) ordersBefore * order.length + from;
    int[] indices = nextIndices(end - from);
    ExampleBatch batch = room(indices.length);
    examples.fill(indices, batch);
    heads.checkTargets(batch, indices);
    List<float[]> judgedBy = augmenter.augment(batch, position);
    return new TrainingBatch(batch, judgedBy, weights.of(indices, batch));
  }

  /**
   * @param left number of examples that are left in this order
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

  private ExampleBatch room(int size) {
    turn = (turn + 1) % rooms.length;
    // The last batch of an epoch may be smaller.
    if (rooms[turn] == null || rooms[turn].size() != size) {
      rooms[turn] = examples.newBatch(size);
    }
    return rooms[turn];
  }
}
