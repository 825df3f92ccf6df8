package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Poisson loss, for counts such as the number of cells in a picture. Outputs z are the
 * logarithms of the predictions, which are therefore above 0: the network ends without an
 * activation. An example's loss is the mean over all its outputs of {@code exp(z) - y z}, the
 * negative logarithm of the Poisson distribution without a term that depends on the target only.
 * Targets are at least 0.
 *
 * <p>Keras' {@code Poisson} takes {@code exp(z)}. PyTorch's {@code PoissonNLLLoss} takes z by
 * default, as here.
 */
public record Poisson() implements Loss {
  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return Axes.meanOfExample(tf, tf.math.sub(tf.math.exp(outputs), tf.math.mul(targets, outputs)));
  }

  @Override
  public Targets targets() {
    return Targets.COUNTS;
  }

  /** Adds {@code exp(z)}. */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return tf.math.exp(outputs);
  }
}
