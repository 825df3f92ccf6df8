package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** No activation: returns its input. Takes any shape and keeps it. */
public record Linear() implements Activation {
  @Override
  public String kind() {
    return "linear";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    return input;
  }
}
