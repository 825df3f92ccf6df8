package io.github.convnet4j.classifier;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.EpochOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The images of a call of {@code fit} without those that are held out for validation, drawn by
 * class.
 *
 * @param training what is trained on
 * @param options with the images that are held out, if the options asked for a share
 */
record HeldOut(DataSet training, FitOptions options) {

  static HeldOut of(DataSet images, FitOptions options, long seed) {
    if (options.validationShare() == 0) {
      return new HeldOut(images, options);
    }
    int held = (int) Math.max(1, Math.round(images.size() * options.validationShare()));
    if (held >= images.size()) {
      throw new IllegalArgumentException(
          "validationShare must leave images to train on: %s of %d images leave none"
              .formatted(options.validationShare(), images.size()));
    }
    // Not the generator of the epochs' orders itself, whose first order would follow from this one.
    int[] order = EpochOrder.of(images.size(), ~options.shuffleSeed().orElse((int) seed)).next();
    int[] drawn = images.drawByClass(order, held);
    int[] rest =
        IntStream.range(0, images.size()).filter(i -> Arrays.binarySearch(drawn, i) < 0).toArray();
    return new HeldOut(images.select(rest), options.validateOn(images.select(drawn)));
  }
}
