package io.github.convnet4j.train;

import io.github.convnet4j.train.FitOptions.LastBatch;
import io.github.convnet4j.schedule.Moment;

/**
 * What one call of {@code fit} has to do.
 *
 * @param start where it starts
 * @param lastEpoch number of the last epoch, including those of earlier calls; if there is nothing
 *     to do, that of the last completed one
 * @param size number of images
 * @param batchSize number of images per batch
 * @param lastBatch what happens to images that do not fill the last batch of an epoch
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
          "batchSize must be at most %d, the number of images, because lastBatch is %s: %d"
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
   * Returns the number of images per epoch: all if the last batch may be short, otherwise those of
   * full batches.
   */
  int imagesPerEpoch() {
    return lastBatch == LastBatch.SHORT ? size : size - size % batchSize;
  }

  int batchesPerEpoch() {
    return batches(imagesPerEpoch());
  }

  /** Returns how many batches the first images of an epoch fill, including a started one. */
  int batches(int images) {
    // Not (images + batchSize - 1) / batchSize, which may overflow.
    return images / batchSize + (images % batchSize == 0 ? 0 : 1);
  }

  /** Returns the moment of the step after these epochs and these images of the next one. */
  Moment moment(int epochs, int imagesInEpoch) {
    int first = inAll ? 0 : start.epochs();
    long perEpoch = batchesPerEpoch();
    // An epoch whose images have all been used, but which is not counted yet, has no step left.
    long inEpoch = Math.min(batches(imagesInEpoch), perEpoch - 1);
    return new Moment(
        (epochs - first) * perEpoch + inEpoch, (lastEpoch - first) * perEpoch, perEpoch);
  }
}
