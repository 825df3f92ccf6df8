package io.github.convnet4j.inspect;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.DataSet;
import java.util.stream.IntStream;

/**
 * Images of a data set at equal distances: all of them if they are few enough.
 *
 * @param images the data set
 * @param size how many of its images, from 1 to all
 */
public record Sample(DataSet images, int size) {
  public Sample {
    if (size < 1 || size > images.size()) {
      throw new IllegalArgumentException(
          "size must be from 1 to the number of images, %d: %d".formatted(images.size(), size));
    }
  }

  /**
   * At most so many.
   *
   * @param most at least 1
   */
  public static Sample atMost(int most, DataSet images) {
    return new Sample(images, Math.min(most, images.size()));
  }

  /** Whether it is all of them. */
  public boolean isWhole() {
    return size == images.size();
  }

  /**
   * Where an image of the sample is in the data set.
   *
   * @param i from 0 to {@code size - 1}
   */
  public int index(int i) {
    return (int) ((long) i * images.size() / size);
  }

  /** Some of the sample's images, from {@code from} up to but without {@code to}. */
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

  /** All of the sample's images. */
  public DataSet all() {
    return part(0, size);
  }
}
