package io.github.convnet4j.data;

import java.util.Optional;

/**
 * How inputs were made from files: for pictures, their size, colors, inversion and so on. A model
 * remembers the format of the examples that it was trained on, and converts the files that it
 * predicts for in the same way.
 *
 * <p>Two formats that convert files in the same way are equal.
 */
public interface InputFormat {
  /**
   * Returns the format of two sources together: that of both, or of the one whose format is known;
   * empty if they differ.
   */
  static Optional<InputFormat> common(Optional<InputFormat> first, Optional<InputFormat> second) {
    return first.isEmpty() || first.equals(second)
        ? second
        : first.filter(known -> second.isEmpty());
  }
}
