package io.github.convnet4j.loss;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Sigmoid cross-entropy of logits z and labels y from 0 to 1, which treats the classes as
 * independent. An example's loss is the mean over its classes, and over its positions if it has
 * several, of {@code -y * log sigmoid(z) - (1 - y) * log (1 - sigmoid(z))}, computed as {@code
 * max(z, 0) - z * y + log(1 + exp(-|z|))}, which does not overflow and stays accurate for small
 * losses.
 *
 * <ul>
 *   <li>With label smoothing s, y is replaced by {@code (1 - s) * y + s / 2}.
 *   <li>With positive weights w, the first term is multiplied by the weight of the class, so that
 *       labels that few examples have are not neglected (TensorFlow's {@code
 *       weighted_cross_entropy_with_logits}).
 * </ul>
 *
 * @param labelSmoothing share of each label that is spread over 0 and 1, from 0 to below 1
 * @param positiveWeights one for each class, finite and at least 0; empty for no weights
 */
public record SigmoidCrossEntropy(double labelSmoothing, List<Double> positiveWeights)
    implements Loss {
  /** Checks the settings. */
  public SigmoidCrossEntropy {
    Require.fractionFloat("labelSmoothing", labelSmoothing);
    positiveWeights = ClassWeights.checked("positiveWeights", positiveWeights);
  }

  /** Returns a copy with this label smoothing. */
  public SigmoidCrossEntropy labelSmoothing(double share) {
    return new SigmoidCrossEntropy(share, positiveWeights);
  }

  /**
   * Returns a copy in which labels that are present have these weights, one for each class. A
   * common choice is the number of examples without a label divided by the number of those with it.
   */
  public SigmoidCrossEntropy positiveWeights(double... weights) {
    return new SigmoidCrossEntropy(labelSmoothing, Arrays.stream(weights).boxed().toList());
  }

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Operand<TFloat32> labels = targets;
    if (labelSmoothing > 0) {
      float share = (float) labelSmoothing;
      labels = tf.math.add(tf.math.mul(targets, tf.constant(1 - share)), tf.constant(share / 2));
    }
    return Axes.meanOfExample(
        tf, positiveWeights.isEmpty() ? plain(tf, outputs, labels) : weighted(tf, outputs, labels));
  }

  private static Operand<TFloat32> plain(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> labels) {
    Operand<TFloat32> zeros = tf.zerosLike(outputs);
    Operand<TBool> positive = tf.math.greaterEqual(outputs, zeros);
    // Select instead of max and |z|: their derivatives at 0 would not add up to sigmoid(0) - y.
    Operand<TFloat32> atLeastZero = tf.select(positive, outputs, zeros);
    Operand<TFloat32> minusMagnitude = tf.select(positive, tf.math.neg(outputs), outputs);
    return tf.math.add(
        tf.math.sub(atLeastZero, tf.math.mul(outputs, labels)),
        tf.math.log1p(tf.math.exp(minusMagnitude)));
  }

  private Operand<TFloat32> weighted(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> labels) {
    Operand<TFloat32> weights =
        ClassWeights.constant(tf, "positiveWeights", positiveWeights, Axes.last(outputs));
    Operand<TFloat32> present =
        tf.math.mul(tf.math.mul(labels, weights), tf.math.softplus(tf.math.neg(outputs)));
    Operand<TFloat32> absent =
        tf.math.mul(tf.math.sub(tf.constant(1f), labels), tf.math.softplus(outputs));
    return tf.math.add(present, absent);
  }

  @Override
  public Targets targets() {
    return Targets.SHARES;
  }

  /** Adds an independent probability for each class. */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return tf.math.sigmoid(outputs);
  }
}
