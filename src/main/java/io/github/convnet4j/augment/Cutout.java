package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;

/** See {@link Transforms#cutout(int, double)}. */
record Cutout(int size, double value) implements Pixelwise {
  Cutout {
    Require.atLeast("size", size, 1);
    Require.between("value", value, 0, 1);
  }

  @Override
  public void check(Shape image) {
    if (size > image.get(0) || size > image.get(1)) {
      throw new IllegalArgumentException(
          "size of a cutout must be at most %d, the shorter side of the image: %d"
              .formatted(Math.min(image.get(0), image.get(1)), size));
    }
  }

  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    int top = random.nextInt(height) - size / 2;
    int left = random.nextInt(width) - size / 2;
    int from = Math.max(left, 0);
    int to = Math.min(left + size, width);
    for (int y = Math.max(top, 0); y < Math.min(top + size, height); y++) {
      Arrays.fill(image, (y * width + from) * channels, (y * width + to) * channels, (float) value);
    }
  }
}
