package io.github.convnet4j.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Movements without rotation and shear have a way of their own, which gives the same images. */
class ResamplingTest {
  /** Takes the general way, and is too small to change a position. */
  private static final double NEARLY_ZERO = Double.MIN_VALUE;

  @Test
  void uprightMovementsGiveTheSameAsTheGeneralWay() {
    RandomGenerator random = new SplittableRandom(3);
    for (int i = 0; i < 3000; i++) {
      int height = 1 + random.nextInt(9);
      int width = 1 + random.nextInt(9);
      int channels = 1 + random.nextInt(3);
      float[] image = new float[height * width * channels];
      for (int v = 0; v < image.length; v++) {
        image[v] = (float) random.nextDouble();
      }
      double xx = scale(random);
      double yy = scale(random);
      double dx = random.nextInt(-12, 13) / (1.0 + random.nextInt(3));
      double dy = random.nextInt(-12, 13) / (1.0 + random.nextInt(3));
      Fill[] fills = {Fill.background(), Fill.edge(), Fill.reflect(), Fill.constant(0.25)};
      Fill fill = fills[random.nextInt(fills.length)];
      float[] upright = new float[image.length];
      float[] general = new float[image.length];
      Affine places = new Affine(xx, 0, 0, yy, dx, dy);
      Resampling.bilinear(image, upright, height, width, channels, places, fill);
      Resampling.bilinear(
          image,
          general,
          height,
          width,
          channels,
          new Affine(xx, NEARLY_ZERO, 0, yy, dx, dy),
          fill);
      assertArrayEquals(general, upright, places + " of " + height + "x" + width);
    }
  }

  /** Whole numbers, flips, and anything else. */
  private static double scale(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> 1;
      case 1 -> -1;
      default -> random.nextDouble(-2, 2);
    };
  }
}
