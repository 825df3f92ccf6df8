package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#brightness}. */
record Brightness(double largest) implements Pixelwise {
  Brightness {
    Require.between("largest", largest, 0, 1);
  }

  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    float change = (float) Uniform.around0(largest, random);
    if (change == 0) {
      return;
    }
    for (int i = 0; i < image.length; i++) {
      image[i] += change;
    }
  }
}
