package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** See {@link Transforms#cutMix}. */
record CutMix(double alpha) implements Mix {
  CutMix {
    SymmetricBeta.check("alpha", alpha);
  }

  /** As in the paper's program: the center is any pixel, and what lies outside is cut off. */
  @Override
  public Mixture draw(int height, int width, RandomGenerator random) {
    double side = Math.sqrt(1 - SymmetricBeta.draw(alpha, random));
    int halfHeight = (int) (height * side) / 2;
    int halfWidth = (int) (width * side) / 2;
    int row = random.nextInt(height);
    int column = random.nextInt(width);
    return new Mixture(
        Math.max(row - halfHeight, 0),
        Math.max(column - halfWidth, 0),
        Math.min(row + halfHeight, height),
        Math.min(column + halfWidth, width),
        1);
  }
}
