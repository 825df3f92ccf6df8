package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** A transform that moves the pixels of an image without changing their values. */
@FunctionalInterface
public non-sealed interface Geometric extends Transform {
  /**
   * Draws a random movement for one image.
   *
   * @param height rows of the image
   * @param width columns of the image
   * @param random the only source of randomness
   */
  Affine draw(int height, int width, RandomGenerator random);
}
