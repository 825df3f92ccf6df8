package io.github.convnet4j.train;

import io.github.convnet4j.train.FitOptions.LastBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a network has been trained.
 *
 * @param steps number of completed steps
 * @param epochs number of completed epochs
 * @param inEpoch position in the next epoch
 * @param history results of the epochs
 * @param pixels the range of the images so far
 */
record Reached(
    long steps, int epochs, InEpoch inEpoch, List<EpochResult> history, PixelRange pixels) {
  /** Not trained at all. */
  static final Reached NOTHING = new Reached(0, 0, InEpoch.NONE, List.of(), PixelRange.NONE);

  Reached {
    if (steps < 0 || epochs < 0) {
      throw new IllegalArgumentException(
          "steps and epochs must be at least 0: %d and %d".formatted(steps, epochs));
    }
    history = List.copyOf(history);
  }

  /**
   * A position in an epoch. The order of the examples comes from an {@link
   * io.github.convnet4j.data.EpochOrder}, so it depends only on their number and the seed.
   *
   * @param examples number of examples that have been used; 0 at the start of the epoch
   * @param cost sum of their batches' costs, each weighted by the batch's size
   * @param size number of all examples
   * @param batchSize size of all batches but the last
   * @param lastBatch what happens to examples that do not fill the last batch
   * @param shuffleSeed seed of the order
   */
  record InEpoch(
      int examples, double cost, int size, int batchSize, LastBatch lastBatch, int shuffleSeed) {
    static final InEpoch NONE = atStart(0, 0, LastBatch.SHORT, 0);

    static InEpoch atStart(int size, int batchSize, LastBatch lastBatch, int shuffleSeed) {
      return new InEpoch(0, 0, size, batchSize, lastBatch, shuffleSeed);
    }

    InEpoch {
      boolean atStart = examples == 0 && cost == 0;
      if (!atStart && !(examples > 0 && examples <= size)) {
        throw new IllegalArgumentException(
            "inEpoch must be within the epoch's %d examples: %d".formatted(size, examples));
      }
    }

    InEpoch after(int batch, double batchCost) {
      return new InEpoch(
          examples + batch, cost + batchCost * batch, size, batchSize, lastBatch, shuffleSeed);
    }

    boolean isOf(int otherSize, int otherBatchSize, LastBatch otherLastBatch, int otherSeed) {
      return size == otherSize
          && batchSize == otherBatchSize
          && lastBatch == otherLastBatch
          && shuffleSeed == otherSeed;
    }

    InEpoch next() {
      return atStart(size, batchSize, lastBatch, shuffleSeed);
    }
  }

  /**
   * Returns the position from which to continue: in the middle of the current epoch if these are
   * its settings, otherwise at its start.
   */
  Reached before(int size, int batchSize, LastBatch lastBatch, int shuffleSeed) {
    return new Reached(
        steps,
        epochs,
        inEpoch.isOf(size, batchSize, lastBatch, shuffleSeed)
            ? inEpoch
            : InEpoch.atStart(size, batchSize, lastBatch, shuffleSeed),
        history,
        pixels);
  }

  /**
   * @param seen the range of the images so far, with those of the step
   */
  Reached afterStep(int batch, double cost, PixelRange seen) {
    return new Reached(steps + 1, epochs, inEpoch.after(batch, cost), history, seen);
  }

  /** Returns the state after the epoch, with its result. */
  Reached afterEpoch(EpochResult result) {
    List<EpochResult> longer = new ArrayList<>(history);
    longer.add(result);
    return new Reached(steps, epochs + 1, inEpoch.next(), longer, pixels);
  }
}
