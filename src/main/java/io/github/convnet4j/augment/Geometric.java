package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** A transform that moves the pixels of an image and leaves their values. */
@FunctionalInterface
public non-sealed interface Geometric extends Transform {
  /**
   * Draws how one image is moved.
   *
   * @param height rows of the image
   * @param width columns of the image
   * @param random the only source of chance
   */
  Affine draw(int height, int width, RandomGenerator random);
}
