package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Exponential linear unit: x if positive, otherwise {@code exp(x) - 1}. Takes any shape and keeps
 * it. Source: Clevert et al., 2015.
 */
public record Elu() implements Activation {
  @Override
  public String kind() {
    return "elu";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    return tf.nn.elu(input);
  }
}
