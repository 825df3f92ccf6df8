package io.github.convnet4j.layer;

import java.util.List;
import java.util.function.BinaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Operations on several inputs, value by value, in which dimensions of size 1 are repeated. */
final class Broadcast {
  private Broadcast() {}

  /**
   * Returns the output shape.
   *
   * @throws IllegalArgumentException if the shapes do not agree
   */
  static Shape shape(List<Shape> inputs) {
    requireSeveral(inputs);
    long[] sizes = inputs.get(0).asArray();
    for (Shape input : inputs) {
      boolean agrees = input.numDimensions() == sizes.length;
      for (int i = 0; agrees && i < sizes.length; i++) {
        agrees = sizes[i] == input.get(i) || sizes[i] == 1 || input.get(i) == 1;
        sizes[i] = Math.max(sizes[i], input.get(i));
      }
      if (!agrees) {
        throw new IllegalArgumentException(
            "they must have the same sizes, or the size 1 (use padding SAME, the same strides and"
                + " the same number of filters)");
      }
    }
    return Shape.of(sizes);
  }

  /** Checks that there are at least two inputs. */
  static void requireSeveral(List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw new IllegalArgumentException("it must have at least two inputs: " + inputs.size());
    }
  }

  /** Combines the inputs from the first to the last. */
  static Operand<TFloat32> fold(
      List<Operand<TFloat32>> inputs, BinaryOperator<Operand<TFloat32>> operation) {
    return inputs.stream().reduce(operation).orElseThrow();
  }
}
