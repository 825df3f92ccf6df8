package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Mean squared error: an example's loss is the mean of {@code (z - y)²} over all its outputs. */
public record MeanSquaredError() implements Loss {
  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return Axes.meanOfExample(tf, tf.math.square(tf.math.sub(outputs, targets)));
  }

  @Override
  public Targets targets() {
    return Targets.NUMBERS;
  }

  /** Returns the outputs unchanged. */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return outputs;
  }
}
