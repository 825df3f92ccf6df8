package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.initializer.Initializer;
import org.tensorflow.ndarray.Shape;

/**
 * The description of a layer's variable, independent of any graph.
 *
 * @param name unique in its layer; a path such as {@code "conv2d/kernel"} if the layer contains
 *     layers
 * @param shape known in every dimension, at most 2,147,483,647 values
 * @param initializer its initial values
 * @param trainable whether an optimizer changes it; moving statistics, for example, are not
 *     trainable
 * @param l2 the factor c of its penalty, c * sum of squares, in the regularization loss; 0 for none
 */
public record Parameter(
    String name, Shape shape, Initializer initializer, boolean trainable, double l2) {

  /** Checks the shape and the penalty. */
  public Parameter {
    requireNonNull(name, "name");
    requireNonNull(initializer, "initializer");
    Check.notNegative(name + ": l2", l2);
    long size = 1;
    for (long dimension : shape.asArray()) {
      // Both factors are at most 2^31 - 1, so the product cannot overflow a long.
      if (dimension < 1 || dimension > Integer.MAX_VALUE || size * dimension > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s: shape must have sizes of at least 1 and at most %,d values: %s"
                .formatted(name, Integer.MAX_VALUE, shape));
      }
      size *= dimension;
    }
  }

  /** Returns a trainable parameter without a penalty. */
  public static Parameter trainable(String name, Shape shape, Initializer initializer) {
    return new Parameter(name, shape, initializer, true, 0);
  }

  /** Returns a parameter that the layer updates itself, with {@link LayerContext#addUpdate}. */
  public static Parameter statistic(String name, Shape shape, Initializer initializer) {
    return new Parameter(name, shape, initializer, false, 0);
  }

  /** Returns a copy with this penalty factor. */
  public Parameter l2(double factor) {
    return new Parameter(name, shape, initializer, trainable, factor);
  }

  /** Returns a copy that is not trainable. */
  public Parameter frozen() {
    return new Parameter(name, shape, initializer, false, l2);
  }

  /** Returns a copy as part of an inner layer: {@code "kernel"} becomes {@code "conv2d/kernel"}. */
  public Parameter within(String layer) {
    return new Parameter(layer + "/" + name, shape, initializer, trainable, l2);
  }

  /** Returns the number of values. */
  public long size() {
    return shape.size();
  }
}
