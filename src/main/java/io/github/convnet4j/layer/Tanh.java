package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The hyperbolic tangent. Takes any shape and keeps it. */
public record Tanh() implements Activation {
  @Override
  public String kind() {
    return "tanh";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    return tf.math.tanh(input);
  }
}
