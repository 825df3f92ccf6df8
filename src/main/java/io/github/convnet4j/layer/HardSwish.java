package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Swish made of straight lines and a parabola: x times the {@link HardSigmoid} of x. Takes any
 * shape and keeps it. Source: Howard et al., "Searching for MobileNetV3", 2019.
 */
public record HardSwish() implements Activation {
  @Override
  public String kind() {
    return "hard_swish";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    return tf.math.mul(input, new HardSigmoid().apply(tf, input));
  }
}
