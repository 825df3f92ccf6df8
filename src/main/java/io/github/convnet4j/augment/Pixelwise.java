package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** A transform that changes the values of pixels without moving them. */
@FunctionalInterface
public non-sealed interface Pixelwise extends Transform {
  /**
   * Changes one image in place. Values may be outside the range from 0 to 1, before and after;
   * {@link Augmentation} clips them at the end.
   *
   * @param image {@code [height, width, channels]} row by row
   * @param random the only source of randomness
   */
  void apply(float[] image, int height, int width, int channels, RandomGenerator random);
}
