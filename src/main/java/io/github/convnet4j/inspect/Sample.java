package io.github.convnet4j.inspect;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.DataSet;
import java.util.stream.IntStream;

/**
 * Evenly spaced images of a data set.
 *
 * @param images the data set
 * @param size the number of images in the sample, from 1 to all
 */
public record Sample(DataSet images, int size) {
  public Sample {
    if (size < 1 || size > images.size()) {
      throw new IllegalArgumentException(
          "size must be from 1 to the number of images, %d: %d".formatted(images.size(), size));
    }
  }

  /**
   * Returns a sample of at most {@code most} images, or of all images if there are fewer.
   *
   * @param most at least 1
   */
  public static Sample atMost(int most, DataSet images) {
    return new Sample(images, Math.min(most, images.size()));
  }

  /** Returns whether the sample has all images. */
  public boolean isWhole() {
    return size == images.size();
  }

  /**
   * Returns the index in the data set of an image of the sample.
   *
   * @param i from 0 to {@code size - 1}
   */
  public int index(int i) {
    return (int) ((long) i * images.size() / size);
  }

  /** Returns the images of the sample from {@code from} (inclusive) to {@code to} (exclusive). */
  public DataSet part(int from, int to) {
    if (isWhole()) {
      return images.subset(from, to);
    }
    Batch batch = images.batch(IntStream.range(from, to).map(this::index).toArray());
    return DataSet.of(
        batch.images(),
        batch.classLabels(),
        images.height(),
        images.width(),
        images.channels(),
        images.classes());
  }

  /** Returns all images of the sample. */
  public DataSet all() {
    return part(0, size);
  }
}
