package io.github.convnet4j.classifier;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * What a saved network is, but for the values of its variables.
 *
 * @param reached how far it has been trained
 * @param tensors the variables in the order of their values
 */
record SavedState(
    Network network,
    Optimizer optimizer,
    Settings options,
    Reached reached,
    List<TensorEntry> tensors) {
  SavedState {
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
