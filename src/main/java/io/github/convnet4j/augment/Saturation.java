package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;

/** See {@link Transforms#saturation}. */
record Saturation(double from, double to) implements Pixelwise {
  Saturation {
    Require.notNegativeFloat("from", from);
    Require.notNegativeFloat("to", to);
    Require.notBelow("to", to, "from", from);
  }

  @Override
  public void check(Shape image) {
    Colours.checkRgb("saturation", image);
  }

  /** The largest of the three values stays as it is, and the others move away from it. */
  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    double factor = Uniform.between(from, to, random);
    if (factor == 1) {
      return;
    }
    for (int at = 0; at < image.length; at += Colours.RGB) {
      float largest = Math.max(image[at], Math.max(image[at + 1], image[at + 2]));
      float range = largest - Math.min(image[at], Math.min(image[at + 1], image[at + 2]));
      if (range > 0) {
        double stretch = Math.min(factor, largest / range); // The smallest value becomes 0 at most.
        for (int c = at; c < at + Colours.RGB; c++) {
          image[c] = (float) (largest - stretch * (largest - image[c]));
        }
      }
    }
  }
}
