package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;

/**
 * How images are distributed over arrays: each array holds the same number of whole images, except
 * the last one, which may hold fewer.
 *
 * @param imagesPerChunk at least 1
 * @param valuesPerImage at least 1
 */
record Chunks(int imagesPerChunk, int valuesPerImage) {
  /**
   * The size of an array in bytes, unless an image is larger. It is just below a whole number of
   * the heap regions of Java's default garbage collector, which gives large arrays whole regions.
   */
  private static final int BYTES = (4 << 20) - 16;

  Chunks {
    Require.atLeast("valuesPerImage", valuesPerImage, 1);
  }

  static Chunks of(int valuesPerImage, int bytesPerValue) {
    Require.atLeast("valuesPerImage", valuesPerImage, 1);
    long bytes = (long) valuesPerImage * bytesPerValue;
    return new Chunks((int) Math.max(1, BYTES / bytes), valuesPerImage);
  }

  /** Returns the distribution of images that are all in one array. */
  static Chunks one(int values, int valuesPerImage) {
    Require.atLeast("valuesPerImage", valuesPerImage, 1);
    if (values % valuesPerImage != 0) {
      throw new IllegalArgumentException(
          "the number of values must be a multiple of valuesPerImage, %d: %d"
              .formatted(valuesPerImage, values));
    }
    return new Chunks(Math.max(1, values / valuesPerImage), valuesPerImage);
  }

  /** Returns the number of arrays for this many images. */
  int count(int images) {
    Require.atLeast("size", images, 1);
    return (images - 1) / imagesPerChunk + 1;
  }

  /** Returns the length of an array. */
  int length(int chunk, int images) {
    long left = images - (long) chunk * imagesPerChunk;
    return Math.toIntExact(Math.min(left, imagesPerChunk) * valuesPerImage);
  }

  /** Returns the array that an image is in. */
  int chunk(int image) {
    return image / imagesPerChunk;
  }

  /** Returns the position of an image in its array. */
  int position(int image) {
    return image % imagesPerChunk * valuesPerImage;
  }
}
