package io.github.convnet4j.layer;

import io.github.convnet4j.check.Require;
import java.util.regex.Pattern;
import org.tensorflow.ndarray.Shape;

/** Checks the names, the numbers and the shapes of layers. */
final class Check {
  /** What TensorFlow allows in an operation's name, except the slash, which separates scopes. */
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9.][A-Za-z0-9_.-]*)?");

  private Check() {}

  static void name(String name, String kind) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          kind
              + ": name must consist of letters, digits, '_', '.' and '-', and not start with '_'"
              + " or '-': "
              + name);
    }
  }

  /** Requires the name of a node, or several with slashes between them. */
  static void path(String path, String kind) {
    for (String name : path.split("/", -1)) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            "%s: name must not be empty or have empty parts: \"%s\"".formatted(kind, path));
      }
      name(name, kind);
    }
  }

  static void image(Shape input, String kind) {
    if (input.numDimensions() != 3) {
      String hint =
          switch (input.numDimensions()) {
            case 1 -> "put it before flatten()";
            case 2 -> "for grayscale images use [%d, %d, 1]".formatted(input.get(0), input.get(1));
            default -> "an image has three dimensions";
          };
      throw new IllegalArgumentException(kind + " takes [height, width, channels]: " + hint);
    }
  }

  static void flat(Shape input, String kind) {
    if (input.numDimensions() != 1) {
      throw new IllegalArgumentException(
          kind + " takes [n]: put flatten() or globalAveragePool() before it");
    }
  }

  /** Requires a number of groups into which the channels can be divided. */
  static void groups(int groups, long channels) {
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          "its groups must be a divisor of the number of channels, %d: %d"
              .formatted(channels, groups));
    }
  }

  /**
   * Requires a number of at least 0 that is still finite as the float that a graph computes with.
   */
  static void notNegative(String name, double value) {
    Require.notNegative(name, value);
    float32(name, value, Float.isFinite((float) value));
  }

  /** Requires a number above 0 that is still above 0 and finite as a float. */
  static void positive(String name, double value) {
    Require.positive(name, value);
    float32(name, value, (float) value > 0 && Float.isFinite((float) value));
  }

  /** Requires a number that is still finite as a float. */
  static void finite(String name, double value) {
    Require.finite(name, value);
    float32(name, value, Float.isFinite((float) value));
  }

  /** Requires a number from 0 to below 1 that is still below 1 as a float. */
  static void fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to below 1: " + value);
    }
    float32(name, value, (float) value < 1);
  }

  private static void float32(String name, double value, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s must be in the range of float32, which a graph computes with, but becomes %s: %s"
              .formatted(name, (float) value, value));
    }
  }

  /**
   * Returns an output shape, whose sizes a layer has computed from its options. TensorFlow counts
   * in 32 bits and does not check for overflow.
   */
  static Shape output(Shape shape) {
    long values = 1;
    for (long size : shape.asArray()) {
      // Both factors are at most 2^31 - 1, so the product cannot overflow a long.
      if (size > Integer.MAX_VALUE || values * size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "its output must have at most %,d values: %s".formatted(Integer.MAX_VALUE, shape));
      }
      values *= size;
    }
    return shape;
  }
}
