package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The logarithm of the hyperbolic cosine of the error: close to {@code e² / 2} for small errors e,
 * and to {@code |e| - log 2} for large ones, without a threshold to choose as in {@link Huber}. An
 * example's loss is the mean over all its outputs of {@code log cosh(z - y)}, computed as {@code e
 * + softplus(-2 e) - log 2}, which does not overflow.
 *
 * <p>Source: Keras' {@code LogCosh}.
 */
public record LogCosh() implements Loss {
  private static final float LOG_2 = (float) Math.log(2);

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Operand<TFloat32> error = tf.math.sub(outputs, targets);
    Operand<TFloat32> bend = tf.math.softplus(tf.math.mul(tf.constant(-2f), error));
    return Axes.meanOfExample(tf, tf.math.sub(tf.math.add(error, bend), tf.constant(LOG_2)));
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
