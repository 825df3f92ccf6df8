package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#noise}. */
record Noise(double stddev) implements Pixelwise {
  Noise {
    Require.notNegativeFloat("stddev", stddev);
  }

  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    if (stddev == 0) {
      return;
    }
    float scale = (float) stddev;
    for (int i = 0; i < image.length; i++) {
      image[i] += (float) (scale * random.nextGaussian());
    }
  }
}
