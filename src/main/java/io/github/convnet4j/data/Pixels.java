package io.github.convnet4j.data;

import java.util.Optional;

/**
 * A store of images that all have the same number of values: in memory ({@link HeapBytes}, {@link
 * HeapFloats}) or elsewhere, for example in files that are decoded when they are needed.
 *
 * <p>The same image always has the same values. Several threads may read at the same time.
 */
public interface Pixels {
  /** Returns the number of images. */
  int size();

  /** Returns the number of values of each image: height times width times channels. */
  int valuesPerImage();

  /** Returns an image as unsigned bytes, in an array of its own. */
  byte[] bytes(int image);

  /**
   * Copies an image to an array as floats, where 1 is white.
   *
   * @param at the position of its first value
   */
  void copy(int image, float[] to, int at);

  /** Returns what an image is called, for example its file; empty if it has no name. */
  default Optional<String> name(int image) {
    return Optional.empty();
  }

  /**
   * Whether reading an image takes so long that several threads should share the images of a batch,
   * for example because pictures are decoded.
   */
  default boolean isSlow() {
    return false;
  }
}
