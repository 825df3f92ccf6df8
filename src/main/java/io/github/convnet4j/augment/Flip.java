package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/**
 * See {@link Transforms#flipHorizontally} and {@link Transforms#flipVertically}.
 *
 * @param leftRight true to swap left and right, false to swap top and bottom
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
