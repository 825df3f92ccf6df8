package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#posterize}. */
record Posterize(int bits) implements Pixelwise {
  Posterize {
    Require.between("bits", bits, 1, 8);
  }

  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    int kept = 0xFF << (8 - bits);
    for (int i = 0; i < image.length; i++) {
      image[i] = (Levels.of(image[i]) & kept) / (float) Levels.LARGEST;
    }
  }
}
