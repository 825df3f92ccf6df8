package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;

/** See {@link Transforms#hue}. */
record Hue(double largest) implements Pixelwise {
  private static final double HALF_TURN = 0.5;

  Hue {
    if (!(largest >= 0 && largest <= HALF_TURN)) {
      throw new IllegalArgumentException("largest must be from 0 to 0.5: " + largest);
    }
  }

  @Override
  public void check(Shape image) {
    Colours.checkRgb("hue", image);
  }

  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    double turns = Uniform.around0(largest, random);
    if (turns != 0) {
      Colours.hue(image, channels, turns);
    }
  }
}
