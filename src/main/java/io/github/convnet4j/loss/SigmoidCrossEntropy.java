package io.github.convnet4j.loss;

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
 */
public record SigmoidCrossEntropy() implements Loss {
  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Operand<TFloat32> zeros = tf.zerosLike(outputs);
    Operand<TBool> positive = tf.math.greaterEqual(outputs, zeros);
    // Select instead of max and |z|: their derivatives at 0 would not add up to sigmoid(0) - y.
    Operand<TFloat32> atLeastZero = tf.select(positive, outputs, zeros);
    Operand<TFloat32> minusMagnitude = tf.select(positive, tf.math.neg(outputs), outputs);
    Operand<TFloat32> losses =
        tf.math.add(
            tf.math.sub(atLeastZero, tf.math.mul(outputs, targets)),
            tf.math.log1p(tf.math.exp(minusMagnitude)));
    return Axes.meanOfExample(tf, losses);
  }

  /** Adds an independent probability for each class. */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return tf.math.sigmoid(outputs);
  }
}
