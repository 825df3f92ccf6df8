package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** A transform that changes the values of pixels and leaves them where they are. */
@FunctionalInterface
public non-sealed interface Pixelwise extends Transform {
  /**
   * Changes one image in place. Values may be outside of 0 to 1, before and after: {@link
   * Augmentation} clips them when all transforms are done.
   *
   * @param image {@code [height, width, channels]} row by row
   * @param random the only source of chance
   */
  void apply(float[] image, int height, int width, int channels, RandomGenerator random);
}
