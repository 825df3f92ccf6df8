package io.github.convnet4j.loss;

import io.github.convnet4j.check.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The focal loss of labels that do not exclude each other; see {@link SoftmaxFocal}. With {@code p
 * = sigmoid(z)}, an example's loss is the mean over its classes, and over its positions if it has
 * several, of {@code -a * y * (1 - p)^gamma * log p - b * (1 - y) * p^gamma * log(1 - p)}. With
 * gamma 0 and without weights it is the sigmoid cross-entropy.
 *
 * <p>Sources: Lin et al., Focal Loss for Dense Object Detection, 2017; Keras' {@code
 * BinaryFocalCrossentropy}.
 *
 * @param gamma how little easy examples count, at least 0; 2 in the paper
 * @param presentWeight the factor a of labels that are present, above 0
 * @param absentWeight the factor b of labels that are absent, above 0
 */
public record SigmoidFocal(double gamma, double presentWeight, double absentWeight)
    implements Loss {
  /** Checks the settings. */
  public SigmoidFocal {
    Require.notNegativeFloat("gamma", gamma);
    Require.positiveFloat("presentWeight", presentWeight);
    Require.positiveFloat("absentWeight", absentWeight);
  }

  /**
   * Returns a copy with the weights {@code alpha} for labels that are present, and {@code 1 -
   * alpha} for those that are absent, as in the paper.
   *
   * @param alpha above 0 and below 1; 0.25 in the paper
   */
  public SigmoidFocal alpha(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be above 0 and below 1: " + alpha);
    }
    return new SigmoidFocal(gamma, alpha, 1 - alpha);
  }

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Operand<TFloat32> minusLogP = tf.math.softplus(tf.math.neg(outputs));
    Operand<TFloat32> minusLogQ = tf.math.softplus(outputs); // q = 1 - p
    Operand<TFloat32> absent = tf.math.sub(tf.constant(1f), targets);
    return Axes.meanOfExample(
        tf,
        tf.math.add(
            term(tf, presentWeight, targets, minusLogQ, minusLogP),
            term(tf, absentWeight, absent, minusLogP, minusLogQ)));
  }

  /** Adds {@code weight * y * q^gamma * -log p}. */
  private Operand<TFloat32> term(
      Ops tf,
      double weight,
      Operand<TFloat32> y,
      Operand<TFloat32> minusLogQ,
      Operand<TFloat32> minusLogP) {
    // A power by its logarithm has a finite derivative everywhere.
    Operand<TFloat32> power = tf.math.exp(tf.math.mul(minusLogQ, tf.constant(-(float) gamma)));
    return tf.math.mul(tf.math.mul(y, tf.constant((float) weight)), tf.math.mul(power, minusLogP));
  }

  @Override
  public Targets targets() {
    return Targets.LABELS;
  }

  /** Adds an independent probability for each class. */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return tf.math.sigmoid(outputs);
  }
}
