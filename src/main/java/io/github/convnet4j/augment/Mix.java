package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** A transform that mixes an image, and its target, with another one of the same batch. */
@FunctionalInterface
public non-sealed interface Mix extends Transform {
  /**
   * Draws how much of another image an image gets, and where.
   *
   * @param height rows of the images
   * @param width columns of the images
   * @param random the only source of randomness
   */
  Mixture draw(int height, int width, RandomGenerator random);
}
