package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The leaky rectifier: x if positive, otherwise {@code alpha * x}. Takes any shape and keeps it.
 *
 * @param alpha the slope for negative values, at least 0
 */
public record LeakyRelu(double alpha) implements Activation {
  /** Checks the settings. */
  public LeakyRelu {
    Check.notNegative("leaky_relu: alpha", alpha);
  }

  @Override
  public String kind() {
    return "leaky_relu";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    return tf.nn.leakyRelu(input, org.tensorflow.op.nn.LeakyRelu.alpha((float) alpha));
  }
}
