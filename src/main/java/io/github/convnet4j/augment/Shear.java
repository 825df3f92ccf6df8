package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#shear}. */
record Shear(double degrees) implements Geometric {
  private static final int LARGEST = 80;

  Shear {
    Require.between("degrees", degrees, 0, LARGEST);
  }

  @Override
  public Affine draw(int height, int width, RandomGenerator random) {
    double angle = Math.toRadians(Uniform.around0(degrees, random));
    // Rows above the center move to the right, so they are read further to the left.
    return Affine.linear(1, StrictMath.tan(angle), 0, 1);
  }
}
