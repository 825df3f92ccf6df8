package io.github.convnet4j.augment;

/** The bounds of arguments. */
final class Require {
  private Require() {}

  static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be a finite number: " + value);
    }
  }

  static void between(String name, float value, int low, int high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d: %s".formatted(name, low, high, value));
    }
  }

  static void notNegative(String name, float value) {
    if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be 0 or a positive, finite number: " + value);
    }
  }

  static void positive(String name, float value) {
    if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be a positive, finite number: " + value);
    }
  }

  static void notBelow(float from, float to) {
    if (to < from) {
      throw new IllegalArgumentException("to must be at least from, %s: %s".formatted(from, to));
    }
  }

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
  }

  static void notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be at least 0: " + value);
    }
  }

  /** That an array holds exactly so many images of such a size. */
  static void images(String name, float[] values, int count, int height, int width, int channels) {
    atLeastOne("height", height);
    atLeastOne("width", width);
    atLeastOne("channels", channels);
    // Divided, because the product of all four could overflow a long.
    long row = (long) width * channels;
    if (values.length % row != 0
        || values.length / row % height != 0
        || values.length / row / height != count) {
      throw new IllegalArgumentException(
          "%s must hold %s of %dx%dx%d: %d values"
              .formatted(
                  name,
                  count == 1 ? "one image" : count + " images",
                  height,
                  width,
                  channels,
                  values.length));
    }
  }
}
