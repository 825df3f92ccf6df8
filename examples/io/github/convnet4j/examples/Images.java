package io.github.convnet4j.examples;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.plot.Axes;
import io.github.convnet4j.plot.Colormap;

/** Single images of a data set, as the examples need them. */
final class Images {
  private Images() {}

  /**
   * Checks that there is a training image of that index.
   *
   * @throws UsageException if there is none
   */
  static void require(DataSets data, int index) {
    if (index >= data.train().size()) {
      throw new UsageException(
          "this example shows training image "
              + index
              + ", so the data must have more than that: "
              + data.summary());
    }
  }

  /** Draws one grey image. */
  static void imshow(Axes axes, DataSet images, int index, Colormap colormap) {
    if (images.channels() != 1) {
      throw new UsageException(
          "this example draws grey images, of 1 channel: " + images.channels() + " channels");
    }
    axes.imshow(images.imageFloats(index), images.height(), images.width(), colormap);
  }
}
