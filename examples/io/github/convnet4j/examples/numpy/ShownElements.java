package io.github.convnet4j.examples.numpy;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * The elements of an array that are printed: all, or for more than 1,000 elements only the first
 * three and the last three of every dimension longer than six.
 */
final class ShownElements {
  private static final long THRESHOLD = 1000;
  private static final int EDGE = 3;

  private final Shape shape;
  private final boolean summarized;

  ShownElements(Shape shape) {
    this.shape = shape;
    this.summarized = shape.size() > THRESHOLD;
  }

  int rank() {
    return shape.numDimensions();
  }

  /** Returns whether dots replace the middle of a dimension. */
  boolean isCut(int axis) {
    return summarized && shape.get(axis) > 2 * EDGE;
  }

  /** Returns the number of indices of a dimension that are printed. */
  int count(int axis) {
    return isCut(axis) ? 2 * EDGE : Math.toIntExact(shape.get(axis));
  }

  /** Returns whether the dots of a shortened dimension follow this printed index. */
  boolean isBeforeDots(int axis, int position) {
    return isCut(axis) && position == EDGE - 1;
  }

  /** Returns the coordinates of the printed elements, the last dimension varying fastest. */
  List<long[]> coordinates() {
    List<long[]> all = new ArrayList<>();
    collect(0, new long[rank()], all);
    return all;
  }

  private void collect(int axis, long[] prefix, List<long[]> all) {
    if (axis == rank()) {
      all.add(prefix.clone());
      return;
    }
    int count = count(axis);
    for (int position = 0; position < count; position++) {
      boolean tail = isCut(axis) && position >= EDGE;
      prefix[axis] = tail ? shape.get(axis) - count + position : position;
      collect(axis + 1, prefix, all);
    }
  }
}
