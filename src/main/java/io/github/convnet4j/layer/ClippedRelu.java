package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A rectifier with a largest value: {@code min(max(x, 0), maxValue)}. Takes any shape and keeps it.
 *
 * @param maxValue the largest output, above 0
 */
public record ClippedRelu(double maxValue) implements Activation {
  /** Checks the settings. */
  public ClippedRelu {
    Check.positive("clipped_relu: maxValue", maxValue);
  }

  @Override
  public String kind() {
    return "clipped_relu";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    // TensorFlow has an operation of its own for the most common ceiling.
    return maxValue == 6
        ? tf.nn.relu6(input)
        : tf.math.minimum(tf.nn.relu(input), tf.constant((float) maxValue));
  }
}
