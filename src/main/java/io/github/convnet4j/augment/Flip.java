package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/**
 * See {@link Transforms#flipHorizontally} and {@link Transforms#flipVertically}.
 *
 * @param leftRight whether left and right change places; else top and bottom do
 */
record Flip(boolean leftRight) implements Geometric {
  @Override
  public Affine draw(int height, int width, RandomGenerator random) {
    if (random.nextDouble() < 0.5) {
      return Affine.IDENTITY;
    }
    return leftRight ? Affine.linear(-1, 0, 0, 1) : Affine.linear(1, 0, 0, -1);
  }
}
