package io.github.convnet4j.train;

import io.github.convnet4j.schedule.Moment;
import io.github.convnet4j.train.FitOptions.LastBatch;

/**
 * What one call of {@code fit} has to do.
 *
 * @param start where it starts
 * @param lastEpoch number of the last epoch, including those of earlier calls; if there is nothing
 *     to do, that of the last completed one
 * @param size number of examples
 * @param batchSize number of examples per batch
 * @param lastBatch what happens to examples that do not fill the last batch of an epoch
 * @param shuffleSeed seed for shuffling
 * @param inAll whether learning rate schedules start with the very first epoch, not with this call
 */
record Plan(
    Reached start,
    int lastEpoch,
    int size,
    int batchSize,
    LastBatch lastBatch,
    int shuffleSeed,
    boolean inAll) {

  static Plan of(FitOptions options, Reached reached, int size, long seed) {
    int shuffleSeed = options.shuffleSeed().orElse((int) seed);
    if (options.lastBatch() != LastBatch.SHORT && options.batchSize() > size) {
      throw new IllegalArgumentException(
          "batchSize must be at most %d, the number of examples, because lastBatch is %s: %d"
              .formatted(size, options.lastBatch(), options.batchSize()));
    }
    return new Plan(
        reached.before(size, options.batchSize(), options.lastBatch(), shuffleSeed),
        options.inAll()
            ? Math.max(reached.epochs(), options.epochs())
            : Math.addExact(reached.epochs(), options.epochs()),
        size,
        options.batchSize(),
        options.lastBatch(),
        shuffleSeed,
        options.inAll());
  }

  /**
   * Returns the number of examples per epoch: all if the last batch may be short, otherwise those
   * of full batches.
   */
  int examplesPerEpoch() {
    return lastBatch == LastBatch.SHORT ? size : size - size % batchSize;
  }

  int batchesPerEpoch() {
    return batches(examplesPerEpoch());
  }

  /** Returns how many batches the first examples of an epoch fill, including a started one. */
  int batches(int examples) {
    // Not (examples + batchSize - 1) / batchSize, which may overflow.
    return examples / batchSize + (examples % batchSize == 0 ? 0 : 1);
  }

  /** Returns the moment of the step after these epochs and these examples of the next one. */
  Moment moment(int epochs, int examplesInEpoch) {
    int first = inAll ? 0 : start.epochs();
    long perEpoch = batchesPerEpoch();
    // An epoch whose examples have all been used, but which is not counted yet, has no step left.
    long inEpoch = Math.min(batches(examplesInEpoch), perEpoch - 1);
    return new Moment(
        (epochs - first) * perEpoch + inEpoch, (lastEpoch - first) * perEpoch, perEpoch);
  }
}
