package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#randomCrop}. */
record PaddedCrop(int padding) implements Geometric {
  PaddedCrop {
    Require.atLeast("padding", padding, 0);
  }

  @Override
  public Affine draw(int height, int width, RandomGenerator random) {
    int right = random.nextInt(2 * padding + 1) - padding;
    int down = random.nextInt(2 * padding + 1) - padding;
    return new Affine(1, 0, 0, 1, right, down);
  }
}
