package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;

/** See {@link Transforms#grayscale}. */
record Grayscale(double probability) implements Pixelwise {
  Grayscale {
    Require.between("probability", probability, 0, 1);
  }

  @Override
  public void check(Shape image) {
    Colours.checkRgb("grayscale", image);
  }

  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    if (random.nextDouble() < probability) {
      for (int at = 0; at < image.length; at += Colours.RGB) {
        Arrays.fill(image, at, at + Colours.RGB, (float) Colours.grey(image, at));
      }
    }
  }
}
