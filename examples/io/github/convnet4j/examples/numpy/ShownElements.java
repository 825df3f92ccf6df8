package io.github.convnet4j.examples.numpy;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * Which elements of an array are printed: all of up to 1,000, else the first three and the last
 * three of every longer dimension.
 */
final class ShownElements {
  private static final long THRESHOLD = 1000;
  private static final int EDGE = 3;

  private final Shape shape;
  private final boolean summarised;

  ShownElements(Shape shape) {
    this.shape = shape;
    this.summarised = shape.size() > THRESHOLD;
  }

  int rank() {
    return shape.numDimensions();
  }

  /** Whether dots stand for the middle of a dimension. */
  boolean isCut(int axis) {
    return summarised && shape.get(axis) > 2 * EDGE;
  }

  /** How many indices of a dimension are printed. */
  int count(int axis) {
    return isCut(axis) ? 2 * EDGE : Math.toIntExact(shape.get(axis));
  }

  /** Whether the dots of a cut dimension follow this one of its printed indices. */
  boolean isBeforeDots(int axis, int position) {
    return isCut(axis) && position == EDGE - 1;
  }

  /** The coordinates of the printed elements, the last dimension's running fastest. */
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
