package io.github.convnet4j.classifier;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * What a saved network is, but for the values of its variables.
 *
 * @param steps trained so far
 * @param epochs trained so far
 * @param tensors the variables in the order of their values
 */
record SavedState(
    Network network,
    Optimizer optimizer,
    Settings options,
    long steps,
    int epochs,
    List<TensorEntry> tensors) {
  SavedState {
    if (steps < 0 || epochs < 0) {
      throw new IllegalArgumentException(
          "steps and epochs must be 0 or above: %d and %d".formatted(steps, epochs));
    }
    tensors = List.copyOf(tensors);
  }

  /** A variable: 32-bit numbers in a shape. */
  record TensorEntry(String name, List<Long> shape) {
    TensorEntry {
      shape = List.copyOf(shape);
    }

    static TensorEntry of(String name, Shape shape) {
      return new TensorEntry(name, shape.toListOrNull());
    }

    Shape tensorShape() {
      return Shape.of(shape.stream().mapToLong(Long::longValue).toArray());
    }
  }
}
