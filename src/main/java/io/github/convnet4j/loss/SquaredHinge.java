package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The squared hinge loss: the mean over all outputs of {@code max(1 - t z, 0)²}; see {@link Hinge}.
 *
 * <p>Source: Keras' {@code SquaredHinge}.
 */
public record SquaredHinge() implements Loss {
  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return Axes.meanOfExample(tf, tf.math.square(Hinge.lacking(tf, outputs, targets)));
  }

  @Override
  public Targets targets() {
    return Targets.LABELS;
  }

  /** Adds scores from 0 to 1, as {@link Hinge#predictions} does. */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return tf.math.sigmoid(outputs);
  }
}
