package io.github.convnet4j.classifier;

import io.github.convnet4j.classifier.FitOptions.LastBatch;
import io.github.convnet4j.schedule.Moment;

/**
 * What one call of {@code fit} is to do.
 *
 * @param start where it begins
 * @param lastEpoch the number of the last epoch, counted over all training; that of the last one
 *     done if there is nothing to do
 * @param size number of images
 * @param batchSize images a step
 * @param lastBatch what becomes of images that do not fill the last batch of an epoch
 * @param shuffleSeed of the images' order
 * @param inAll whether the plan began with the first epoch of all
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
          "batchSize must be at most the number of images, %d, since lastBatch is %s: %d"
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

  /** How many images an epoch has: with a short last batch all, else those of whole batches. */
  int imagesPerEpoch() {
    return lastBatch == LastBatch.SHORT ? size : size - size % batchSize;
  }

  int batchesPerEpoch() {
    return batches(imagesPerEpoch());
  }

  /** How many batches some images of an epoch are, from its start. */
  int batches(int images) {
    // In this form because the sum of images and batchSize may be too large for an int.
    return images / batchSize + (images % batchSize == 0 ? 0 : 1);
  }

  /** The step after some epochs, and some images of the next. */
  Moment moment(int epochs, int imagesInEpoch) {
    int first = inAll ? 0 : start.epochs();
    long perEpoch = batchesPerEpoch();
    // An epoch that was all trained on, but not yet counted, has no step left.
    long inEpoch = Math.min(batches(imagesInEpoch), perEpoch - 1);
    return new Moment(
        (epochs - first) * perEpoch + inEpoch, (lastEpoch - first) * perEpoch, perEpoch);
  }
}
