package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The logistic function: {@code 1 / (1 + exp(-x))}. Takes any shape and keeps it. */
public record Sigmoid() implements Activation {
  @Override
  public String kind() {
    return "sigmoid";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    return tf.math.sigmoid(input);
  }
}
