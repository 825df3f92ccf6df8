package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** See {@link Transforms#mixUp}. */
record MixUp(double alpha) implements Mix {
  MixUp {
    SymmetricBeta.check("alpha", alpha);
  }

  @Override
  public Mixture draw(int height, int width, RandomGenerator random) {
    return new Mixture(0, 0, height, width, 1 - SymmetricBeta.draw(alpha, random));
  }
}
