package io.github.convnet4j.train;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.task.OutputTask;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * A saved model without the values of its variables.
 *
 * @param network the network; empty for a graph of the user's own
 * @param tasks the tasks of the network's outputs
 * @param several whether the model was created with {@link io.github.convnet4j.task.MultiTask}
 * @param reached how far it has been trained
 * @param tensors the variables in the order in which their values are saved
 */
record SavedState(
    Optional<Network> network,
    List<OutputTask<?>> tasks,
    boolean several,
    Optimizer optimizer,
    ModelOptions options,
    ReachedJson reached,
    List<TensorEntry> tensors) {
  SavedState {
    tasks = List.copyOf(tasks);
    tensors = List.copyOf(tensors);
  }

  /**
   * Returns the size of all variables in bytes.
   *
   * @throws IllegalArgumentException if it is too large for a {@code long}
   */
  long bytes() {
    long bytes = 0;
    for (TensorEntry tensor : tensors) {
      try {
        bytes = Math.addExact(bytes, tensor.bytes());
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "tensors must fit in memory, but there are too many or they are too large: "
                + tensors.size(),
            e);
      }
    }
    return bytes;
  }

  /** A variable of 32-bit floats. */
  record TensorEntry(String name, List<Long> shape) {
    TensorEntry {
      shape = List.copyOf(shape);
    }

    static TensorEntry of(String name, Shape shape) {
      return new TensorEntry(name, shape.toListOrNull());
    }

    /**
     * Returns the size of the values in bytes.
     *
     * @throws IllegalArgumentException if it is too large for a {@code long}
     */
    long bytes() {
      try {
        long values = 1;
        for (long size : shape) {
          if (size < 0) {
            throw new IllegalArgumentException(
                "%s must have a shape without negative sizes: %s".formatted(name, shape));
          }
          values = Math.multiplyExact(values, size);
        }
        return Math.multiplyExact(values, Float.BYTES);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "%s must have a shape that fits in memory: %s".formatted(name, shape), e);
      }
    }

    Shape tensorShape() {
      return Shape.of(shape.stream().mapToLong(Long::longValue).toArray());
    }
  }
}
