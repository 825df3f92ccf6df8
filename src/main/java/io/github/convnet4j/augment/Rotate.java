package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#rotate}. */
record Rotate(double degrees) implements Geometric {
  Rotate {
    Require.between("degrees", degrees, 0, 180);
  }

  @Override
  public Affine draw(int height, int width, RandomGenerator random) {
    double angle = Math.toRadians(Uniform.around0(degrees, random));
    // StrictMath gives the same digits on every machine.
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return Affine.linear(cos, -sin, sin, cos);
  }
}
