package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#shift(double, double)}. */
record Shift(double vertical, double horizontal) implements Geometric {
  Shift {
    Require.between("vertical", vertical, 0, 1);
    Require.between("horizontal", horizontal, 0, 1);
  }

  @Override
  public Affine draw(int height, int width, RandomGenerator random) {
    double down = Uniform.around0(vertical, random) * height;
    double right = Uniform.around0(horizontal, random) * width;
    return new Affine(1, 0, 0, 1, -right, -down);
  }
}
