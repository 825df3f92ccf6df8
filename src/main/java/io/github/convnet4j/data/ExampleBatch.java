package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * Some examples in flat arrays, ready for a tensor's buffer.
 *
 * @param size number of examples, {@code batch} below
 * @param inputs for each input of the network its values, {@code [batch, …]} row by row
 * @param targets for each target its values, {@code [batch, …]} row by row; empty if there are none
 */
public record ExampleBatch(int size, List<float[]> inputs, List<float[]> targets) {
  /** Checks that each array has the same number of values for each example. */
  public ExampleBatch {
    Require.atLeast("size", size, 1);
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
    inputs.forEach(values -> check("inputs", values, size));
    targets.forEach(values -> check("targets", values, size));
  }

  private static void check(String argument, float[] values, int size) {
    if (values.length % size != 0) {
      throw new IllegalArgumentException(
          "%s must have the same number of values for each of the %d examples: %d"
              .formatted(argument, size, values.length));
    }
  }

  /**
   * Returns new arrays.
   *
   * @param inputs shape of each input of one example
   * @param targets shape of each target of one example
   */
  static ExampleBatch of(int examples, List<Shape> inputs, List<Shape> targets) {
    return new ExampleBatch(examples, arrays(examples, inputs), arrays(examples, targets));
  }

  private static List<float[]> arrays(int examples, List<Shape> shapes) {
    List<float[]> arrays = new ArrayList<>();
    for (Shape shape : shapes) {
      arrays.add(new float[Math.toIntExact(Math.multiplyExact(examples, shape.size()))]);
    }
    return arrays;
  }

  /** Returns the only input, {@code [batch, …]}, for networks that have one. */
  public float[] input() {
    return inputs.get(0);
  }

  /** Returns the only target, {@code [batch, …]}, for networks that have one output. */
  public float[] target() {
    return targets.get(0);
  }
}
