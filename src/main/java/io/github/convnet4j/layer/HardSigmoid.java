package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A sigmoid made of straight lines: {@code (x + 3) / 6}, at least 0 and at most 1. Takes any shape
 * and keeps it. As in Keras 3 and PyTorch; in Keras 2 the slope was 0.2. Source: Howard et al.,
 * "Searching for MobileNetV3", 2019.
 */
public record HardSigmoid() implements Activation {
  @Override
  public String kind() {
    return "hard_sigmoid";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    Operand<TFloat32> clipped = tf.nn.relu6(tf.math.add(input, tf.constant(3f)));
    return tf.math.mul(clipped, tf.constant(1 / 6f));
  }
}
