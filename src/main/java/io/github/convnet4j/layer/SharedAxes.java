package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * Dimensions along which all values of an example share something; counted from 1, as in Keras,
 * where 0 is the batch.
 */
final class SharedAxes {
  private SharedAxes() {}

  static void check(String kind, List<Integer> axes) {
    if (axes.stream().anyMatch(axis -> axis < 1)
        || axes.stream().distinct().count() < axes.size()) {
      throw new IllegalArgumentException(
          "%s: sharedAxes must be different dimensions, counted from 1: %s".formatted(kind, axes));
    }
  }

  /** Checks that an input has these dimensions. */
  static void checkWithin(List<Integer> axes, Shape input) {
    for (int axis : axes) {
      if (axis > input.numDimensions()) {
        throw new IllegalArgumentException(
            "its sharedAxes must be dimensions of its input, from 1 to %d: %d"
                .formatted(input.numDimensions(), axis));
      }
    }
  }

  /** Returns the shape of an example with size 1 along these dimensions. */
  static Shape shape(List<Integer> axes, Shape input) {
    long[] sizes = input.asArray();
    for (int axis : axes) {
      sizes[axis - 1] = 1;
    }
    return Shape.of(sizes);
  }
}
