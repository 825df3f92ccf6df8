package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#solarize}. */
record Solarize(double threshold) implements Pixelwise {
  Solarize {
    Require.between("threshold", threshold, 0, 1);
  }

  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    for (int i = 0; i < image.length; i++) {
      if (image[i] >= threshold) {
        image[i] = Colours.clip(1 - image[i]);
      }
    }
  }
}
