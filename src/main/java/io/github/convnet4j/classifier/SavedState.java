package io.github.convnet4j.classifier;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * What a saved network is, but for the values of its variables.
 *
 * @param reached how far it has been trained, as it is written
 * @param tensors the variables in the order of their values
 */
record SavedState(
    Network network,
    Optimizer optimizer,
    Settings options,
    ReachedJson reached,
    List<TensorEntry> tensors) {
  SavedState {
    tensors = List.copyOf(tensors);
  }

  /**
   * Bytes that the values of all variables take.
   *
   * @throws IllegalArgumentException if no computer has so many
   */
  long bytes() {
    long bytes = 0;
    for (TensorEntry tensor : tensors) {
      try {
        bytes = Math.addExact(bytes, tensor.bytes());
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "tensors must be as many as memory can hold: " + tensors.size(), e);
      }
    }
    return bytes;
  }

  /** A variable: 32-bit numbers in a shape. */
  record TensorEntry(String name, List<Long> shape) {
    TensorEntry {
      shape = List.copyOf(shape);
    }

    static TensorEntry of(String name, Shape shape) {
      return new TensorEntry(name, shape.toListOrNull());
    }

    /**
     * Bytes that its values take.
     *
     * @throws IllegalArgumentException if no computer has so many
     */
    long bytes() {
      try {
        long values = 1;
        for (long size : shape) {
          if (size < 0) {
            throw new IllegalArgumentException(
                "%s must have a shape of numbers of at least 0: %s".formatted(name, shape));
          }
          values = Math.multiplyExact(values, size);
        }
        return Math.multiplyExact(values, Float.BYTES);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "%s must have a shape that memory can hold: %s".formatted(name, shape), e);
      }
    }

    Shape tensorShape() {
      return Shape.of(shape.stream().mapToLong(Long::longValue).toArray());
    }
  }
}
