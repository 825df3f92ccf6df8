package io.github.convnet4j.classifier;

import io.github.convnet4j.classifier.FitOptions.LastBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a network has been trained.
 *
 * @param steps done so far
 * @param epochs done so far
 * @param inEpoch how far it is in the one after them
 * @param history what became of a classifier's epochs; empty for a regressor
 */
record Reached(long steps, int epochs, InEpoch inEpoch, List<EpochResult> history) {
  /** Not trained at all. */
  static final Reached NOTHING = new Reached(0, 0, InEpoch.NONE, List.of());

  Reached {
    if (steps < 0 || epochs < 0) {
      throw new IllegalArgumentException(
          "steps and epochs must be 0 or above: %d and %d".formatted(steps, epochs));
    }
    history = List.copyOf(history);
  }

  /**
   * Where an epoch was left. Its order is one of an {@link io.github.convnet4j.data.EpochOrder},
   * which the number of all images and the seed decide.
   *
   * @param images of the order that have been trained on; 0 at its start
   * @param cost the sum over them of their batches' costs
   * @param correct those told rightly
   * @param size of all images
   * @param batchSize of all batches but the last
   * @param lastBatch what becomes of images that do not fill the last batch
   * @param shuffleSeed of the order
   */
  record InEpoch(
      int images,
      double cost,
      int correct,
      int size,
      int batchSize,
      LastBatch lastBatch,
      int shuffleSeed) {
    static final InEpoch NONE = atStart(0, 0, LastBatch.SHORT, 0);

    static InEpoch atStart(int size, int batchSize, LastBatch lastBatch, int shuffleSeed) {
      return new InEpoch(0, 0, 0, size, batchSize, lastBatch, shuffleSeed);
    }

    InEpoch {
      boolean atStart = images == 0 && cost == 0 && correct == 0;
      if (!atStart && !(images > 0 && images <= size && correct >= 0 && correct <= images)) {
        throw new IllegalArgumentException(
            "inEpoch must be within its %d images: %d, %d of them correct"
                .formatted(size, images, correct));
      }
    }

    InEpoch after(int batch, double batchCost, int batchCorrect) {
      return new InEpoch(
          images + batch,
          cost + batchCost * batch,
          correct + batchCorrect,
          size,
          batchSize,
          lastBatch,
          shuffleSeed);
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
   * Ready for an epoch of some order: in its midst if that is where it was left, else before it.
   */
  Reached before(int size, int batchSize, LastBatch lastBatch, int shuffleSeed) {
    return new Reached(
        steps,
        epochs,
        inEpoch.isOf(size, batchSize, lastBatch, shuffleSeed)
            ? inEpoch
            : InEpoch.atStart(size, batchSize, lastBatch, shuffleSeed),
        history);
  }

  Reached afterStep(int batch, double cost, int correct) {
    return new Reached(steps + 1, epochs, inEpoch.after(batch, cost, correct), history);
  }

  Reached afterEpoch() {
    return new Reached(steps, epochs + 1, inEpoch.next(), history);
  }

  Reached with(EpochResult result) {
    List<EpochResult> longer = new ArrayList<>(history);
    longer.add(result);
    return new Reached(steps, epochs, inEpoch, longer);
  }
}
