package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The hinge loss of a support vector machine, for labels that do not exclude each other. With
 * labels {@code t = 2 y - 1}, 1 for those that are present and -1 for the others, an example's loss
 * is the mean over all its outputs of {@code max(1 - t z, 0)}: an output that is on the right side
 * of 0 by at least 1 has no loss.
 *
 * <p>Source: Keras' {@code Hinge}.
 */
public record Hinge() implements Loss {
  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return Axes.meanOfExample(tf, lacking(tf, outputs, targets));
  }

  /** Adds by how much each output falls short of the margin. */
  static Operand<TFloat32> lacking(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> signs = tf.math.sub(tf.math.add(targets, targets), one);
    return tf.math.maximum(tf.math.sub(one, tf.math.mul(signs, outputs)), tf.constant(0f));
  }

  @Override
  public Targets targets() {
    return Targets.LABELS;
  }

  /**
   * Adds {@code sigmoid(z)}, a score from 0 to 1. It is at least one half if z is on the side of a
   * label that is present, but it is not calibrated as a probability.
   */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return tf.math.sigmoid(outputs);
  }
}
