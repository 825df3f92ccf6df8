package io.github.convnet4j.layer;

import java.util.regex.Pattern;
import org.tensorflow.ndarray.Shape;

/** Checks the names and the input shapes of layers. */
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
}
