package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.initializer.Initializer;
import org.tensorflow.ndarray.Shape;

/**
 * A variable that a layer has, as described before any graph exists.
 *
 * @param name unique in its layer; within a layer of layers the path, {@code "conv2d/kernel"}
 * @param shape known in every dimension, at most 2,147,483,647 values
 * @param initializer its first values
 * @param trainable whether an optimizer changes it; moving statistics, say, are not trainable
 * @param l2 the factor c of its penalty c * sum of squares in the regularisation loss, 0 for none
 */
public record Parameter(
    String name, Shape shape, Initializer initializer, boolean trainable, float l2) {

  /** Checks the shape and the penalty. */
  public Parameter {
    requireNonNull(name, "name");
    requireNonNull(initializer, "initializer");
    Require.notNegative(name + ": l2", l2);
    long size = 1;
    for (long dimension : shape.asArray()) {
      // The product so far is below 2^31: this one cannot overflow a long that is checked next.
      if (dimension < 1 || dimension > Integer.MAX_VALUE || size * dimension > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s of shape %s: sizes must be at least 1 and give at most %,d values"
                .formatted(name, shape, Integer.MAX_VALUE));
      }
      size *= dimension;
    }
  }

  /** A trainable parameter without penalty. */
  public static Parameter trainable(String name, Shape shape, Initializer initializer) {
    return new Parameter(name, shape, initializer, true, 0);
  }

  /** A parameter that the layer moves itself, by {@link LayerContext#addUpdate}. */
  public static Parameter statistic(String name, Shape shape, Initializer initializer) {
    return new Parameter(name, shape, initializer, false, 0);
  }

  /** The same with this penalty. */
  public Parameter l2(float factor) {
    return new Parameter(name, shape, initializer, trainable, factor);
  }

  /** The same, not trainable. */
  public Parameter frozen() {
    return new Parameter(name, shape, initializer, false, l2);
  }

  /** The same as part of an inner layer: {@code "kernel"} within {@code "conv2d/kernel"}. */
  public Parameter within(String layer) {
    return new Parameter(layer + "/" + name, shape, initializer, trainable, l2);
  }

  /** The number of values. */
  public long size() {
    return shape.size();
  }
}
