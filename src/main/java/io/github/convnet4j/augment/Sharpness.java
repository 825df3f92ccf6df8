package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#sharpness}. */
record Sharpness(double from, double to) implements Pixelwise {
  /** The weight of a pixel itself in the blurred image; each of its neighbors has 1. */
  private static final double CENTER = 5;

  private static final double SUM = CENTER + 8;

  Sharpness {
    Require.notNegativeFloat("from", from);
    Require.notNegativeFloat("to", to);
    Require.notBelow("to", to, "from", from);
  }

  /** The outermost pixels stay as they are. */
  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    double factor = Uniform.between(from, to, random);
    if (factor == 1) {
      return;
    }
    float[] old = image.clone();
    int below = width * channels;
    for (int row = 1; row < height - 1; row++) {
      int start = row * below + channels;
      for (int i = start; i < start + below - 2 * channels; i++) {
        double sum = (CENTER - 1) * old[i];
        for (int at = i - below; at <= i + below; at += below) {
          sum += (double) old[at - channels] + old[at] + old[at + channels];
        }
        image[i] = Colours.clip(factor * old[i] + (1 - factor) * sum / SUM);
      }
    }
  }
}
