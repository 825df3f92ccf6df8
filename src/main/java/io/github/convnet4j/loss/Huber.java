package io.github.convnet4j.loss;

import io.github.convnet4j.check.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Huber's loss, which is quadratic for small errors and linear for large ones, so that outliers
 * count less than in the mean squared error. With {@code e = |z - y|}, an example's loss is the
 * mean over all its outputs of {@code e² / 2} up to delta, and of {@code delta (e - delta / 2)}
 * beyond.
 *
 * <p>Sources: Huber, Robust Estimation of a Location Parameter, 1964; Keras' {@code Huber}.
 *
 * @param delta the error from which the loss is linear, above 0
 */
public record Huber(double delta) implements Loss {
  /** Checks the settings. */
  public Huber {
    Require.positiveFloat("delta", delta);
  }

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Operand<TFloat32> limit = tf.constant((float) delta);
    Operand<TFloat32> error = tf.math.abs(tf.math.sub(outputs, targets));
    Operand<TFloat32> small = tf.math.minimum(error, limit);
    Operand<TFloat32> large = tf.math.sub(error, small); // what exceeds delta
    return Axes.meanOfExample(
        tf,
        tf.math.add(
            tf.math.mul(tf.constant(0.5f), tf.math.square(small)), tf.math.mul(limit, large)));
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
