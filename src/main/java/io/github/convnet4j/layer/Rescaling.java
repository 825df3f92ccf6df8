package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Computes {@code x * scale + offset}, with fixed numbers. Takes any shape and keeps it.
 *
 * @param scale factor of each value
 * @param offset added to each product
 */
public record Rescaling(double scale, double offset) implements Layer {
  /** Checks the settings. */
  public Rescaling {
    Check.finite("rescaling: scale", scale);
    Check.finite("rescaling: offset", offset);
  }

  @Override
  public String kind() {
    return "rescaling";
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Operand<TFloat32> scaled = tf.math.mul(input, tf.constant((float) scale));
    return tf.math.add(scaled, tf.constant((float) offset));
  }
}
