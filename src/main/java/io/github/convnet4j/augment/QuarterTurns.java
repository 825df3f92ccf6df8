package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;

/** See {@link Transforms#rotate90}. */
record QuarterTurns() implements Geometric {
  @Override
  public void check(Shape image) {
    if (image.get(0) != image.get(1)) {
      throw new IllegalArgumentException(
          "rotate90 needs square images, which still fit after a quarter turn: they are " + image);
    }
  }

  @Override
  public Affine draw(int height, int width, RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> Affine.IDENTITY;
      case 1 -> Affine.linear(0, -1, 1, 0);
      case 2 -> Affine.linear(-1, 0, 0, -1);
      default -> Affine.linear(0, 1, -1, 0);
    };
  }
}
