package io.github.convnet4j.files;

import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/** The shape of square images whose pixels are given one after another. */
final class SquareImage {
  private SquareImage() {}

  /**
   * Returns the shape of a gray or RGB image with this many values; nothing if it is not square.
   */
  static Optional<Shape> of(long values) {
    return Stream.of(1L, 3L)
        .filter(channels -> values % channels == 0 && side(values / channels) > 0)
        .map(channels -> Shape.of(side(values / channels), side(values / channels), channels))
        .findFirst();
  }

  private static long side(long area) {
    long side = Math.round(Math.sqrt((double) area));
    return side * side == area ? side : 0;
  }
}
