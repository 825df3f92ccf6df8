package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Swish, also called SiLU: {@code x * sigmoid(x)}. Takes any shape and keeps it. Source:
 * Ramachandran et al., "Searching for activation functions", 2017.
 */
public record Swish() implements Activation {
  @Override
  public String kind() {
    return "swish";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    return tf.math.mul(input, tf.math.sigmoid(input));
  }
}
