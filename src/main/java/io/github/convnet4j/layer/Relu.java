package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The rectifier: {@code max(x, 0)}. Takes any shape and keeps it. */
public record Relu() implements Activation {
  @Override
  public String kind() {
    return "relu";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    return Bfloat16.source(input)
        .map(narrow -> Bfloat16.widen(tf, tf.nn.relu(narrow)))
        .orElseGet(() -> tf.nn.relu(input));
  }
}
