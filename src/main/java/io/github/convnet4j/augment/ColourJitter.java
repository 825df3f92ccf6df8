package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;

/** See {@link Transforms#colourJitter}. */
record ColourJitter(double brightness, double contrast, double saturation, double hue)
    implements Pixelwise {
  private static final double LARGEST_HUE = 0.5;

  ColourJitter {
    Require.notNegativeFloat("brightness", brightness);
    Require.notNegativeFloat("contrast", contrast);
    Require.notNegativeFloat("saturation", saturation);
    if (!(hue >= 0 && hue <= LARGEST_HUE)) {
      throw new IllegalArgumentException("hue must be from 0 to 0.5: " + hue);
    }
  }

  @Override
  public void check(Shape image) {
    if (saturation > 0 || hue > 0) {
      Colours.checkRgb("colourJitter with saturation or hue", image);
    }
  }

  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    double[] factors = {
      factor(brightness, random), factor(contrast, random), factor(saturation, random)
    };
    double turns = Uniform.around0(hue, random);
    int[] order = {0, 1, 2, 3};
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[other];
      order[other] = moved;
    }
    for (int change : order) {
      switch (change) {
        case 0 -> Colours.brightness(image, factors[0]);
        case 1 -> Colours.contrast(image, channels, factors[1]);
        case 2 -> Colours.saturation(image, channels, factors[2]);
        default -> Colours.hue(image, channels, turns);
      }
    }
  }

  private static double factor(double amount, RandomGenerator random) {
    return Uniform.between(Math.max(0, 1 - amount), 1 + amount, random);
  }
}
