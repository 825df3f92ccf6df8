package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#contrast}. */
record Contrast(double from, double to) implements Pixelwise {
  Contrast {
    Require.notNegativeFloat("from", from);
    Require.notNegativeFloat("to", to);
    Require.notBelow("to", to, "from", from);
  }

  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    double factor = Uniform.between(from, to, random);
    if (factor == 1) {
      return;
    }
    for (int channel = 0; channel < channels; channel++) {
      double sum = 0;
      for (int i = channel; i < image.length; i += channels) {
        sum += image[i];
      }
      double mean = sum / height / width;
      for (int i = channel; i < image.length; i += channels) {
        image[i] = (float) (mean + factor * (image[i] - mean));
      }
    }
  }
}
