package io.github.convnet4j.augment;

import org.tensorflow.ndarray.Shape;

/** Formulas for colors, as in torchvision and TensorFlow. Images are {@code [pixels, channels]}. */
final class Colours {
  /** Red, green and blue. */
  static final int RGB = 3;

  private static final double RED = 0.2989;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  private Colours() {}

  static void checkRgb(String name, Shape image) {
    if (image.get(2) != RGB) {
      throw new IllegalArgumentException(
          "%s needs images with 3 channels (red, green, blue): they are %s".formatted(name, image));
    }
  }

  /** Returns the brightness of a color. */
  static double grey(float[] image, int at) {
    return RED * image[at] + GREEN * image[at + 1] + BLUE * image[at + 2];
  }

  static float clip(double value) {
    return (float) Math.max(0, Math.min(value, 1));
  }

  /** Multiplies all values. */
  static void brightness(float[] image, double factor) {
    for (int i = 0; i < image.length; i++) {
      image[i] = clip(image[i] * factor);
    }
  }

  /**
   * Moves all values away from the mean brightness of the image, or toward it. Images that do not
   * have three channels have one mean for all values.
   */
  static void contrast(float[] image, int channels, double factor) {
    double sum = 0;
    if (channels == RGB) {
      for (int at = 0; at < image.length; at += RGB) {
        sum += grey(image, at);
      }
      sum *= RGB;
    } else {
      for (float value : image) {
        sum += value;
      }
    }
    double mean = sum / image.length;
    for (int i = 0; i < image.length; i++) {
      image[i] = clip(factor * image[i] + (1 - factor) * mean);
    }
  }

  /** Moves colors away from gray, or toward it; has no effect on images without colors. */
  static void saturation(float[] image, int channels, double factor) {
    if (channels != RGB) {
      return;
    }
    for (int at = 0; at < image.length; at += RGB) {
      double grey = grey(image, at);
      for (int c = 0; c < RGB; c++) {
        image[at + c] = clip(factor * image[at + c] + (1 - factor) * grey);
      }
    }
  }

  /**
   * Turns colors around the color wheel; has no effect on images without colors.
   *
   * @param turns 1/3 makes red green, -1/3 makes it blue
   */
  static void hue(float[] image, int channels, double turns) {
    if (channels != RGB) {
      return;
    }
    for (int at = 0; at < image.length; at += RGB) {
      float red = image[at];
      float green = image[at + 1];
      float blue = image[at + 2];
      double largest = Math.max(red, Math.max(green, blue));
      double range = largest - Math.min(red, Math.min(green, blue));
      if (range > 0) {
        double sixths = sixths(red, green, blue, largest, range) + 6 * turns;
        image[at] = (float) (largest - range * missing(sixths + 5));
        image[at + 1] = (float) (largest - range * missing(sixths + 3));
        image[at + 2] = (float) (largest - range * missing(sixths + 1));
      }
    }
  }

  /** Returns the place on the color wheel: 0 is red, 2 green, 4 blue. */
  private static double sixths(float red, float green, float blue, double largest, double range) {
    if (red == largest) {
      return (green - blue) / range;
    }
    return green == largest ? 2 + (blue - red) / range : 4 + (red - green) / range;
  }

  /** Returns how far a channel is from the largest one, from 0 to 1. */
  private static double missing(double sixths) {
    double place = sixths - 6 * Math.floor(sixths / 6);
    return Math.max(0, Math.min(1, Math.min(place, 4 - place)));
  }
}
