package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#zoom}. */
record Zoom(double from, double to) implements Geometric {
  Zoom {
    Require.positiveFloat("from", from);
    Require.positiveFloat("to", to);
    Require.notBelow("to", to, "from", from);
  }

  @Override
  public Affine draw(int height, int width, RandomGenerator random) {
    double step = 1 / Uniform.between(from, to, random);
    return Affine.linear(step, 0, 0, step);
  }
}
