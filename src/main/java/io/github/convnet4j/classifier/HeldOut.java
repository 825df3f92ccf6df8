package io.github.convnet4j.classifier;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.EpochOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Splits the images of a call of {@code fit} into those for training and those held out for
 * validation, with the same share of each class.
 *
 * @param training the images to train on
 * @param options the options, with the held-out images in place of a validation share
 */
record HeldOut(DataSet training, FitOptions options) {

  static HeldOut of(DataSet images, FitOptions options, long seed) {
    if (options.validationShare() == 0) {
      return new HeldOut(images, options);
    }
    int held = (int) Math.max(1, Math.round(images.size() * options.validationShare()));
    if (held >= images.size()) {
      throw new IllegalArgumentException(
          "validationShare must leave at least one of the %2$d images for training: %1$s"
              .formatted(options.validationShare(), images.size()));
    }
    // Another seed than the epochs' orders have: with the same one, the first order would be this
    // one.
    int[] order = EpochOrder.of(images.size(), ~options.shuffleSeed().orElse((int) seed)).next();
    int[] drawn = images.drawByClass(order, held);
    int[] rest =
        IntStream.range(0, images.size()).filter(i -> Arrays.binarySearch(drawn, i) < 0).toArray();
    return new HeldOut(images.select(rest), options.validateOn(images.select(drawn)));
  }
}
