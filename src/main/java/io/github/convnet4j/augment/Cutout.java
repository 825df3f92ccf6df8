package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** See {@link Transforms#cutout}. */
record Cutout(int size) implements Pixelwise {
  Cutout {
    Require.atLeast("size", size, 1);
  }

  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    if (size > height || size > width) {
      throw new IllegalArgumentException(
          "size of a cutout must be at most %d, the shorter side of the image: %d"
              .formatted(Math.min(height, width), size));
    }
    int top = random.nextInt(height) - size / 2;
    int left = random.nextInt(width) - size / 2;
    int from = Math.max(left, 0);
    int to = Math.min(left + size, width);
    for (int y = Math.max(top, 0); y < Math.min(top + size, height); y++) {
      Arrays.fill(image, (y * width + from) * channels, (y * width + to) * channels, 0);
    }
  }
}
