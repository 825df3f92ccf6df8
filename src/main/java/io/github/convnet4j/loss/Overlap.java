package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * How the predicted areas of the classes overlap with the true ones, as sums over the labelled
 * positions of each example, {@code [batch, classes]}.
 *
 * @param both the sum of p y, with the probabilities p and the labels y
 * @param predicted the sum of p
 * @param actual the sum of y
 */
record Overlap(Operand<TFloat32> both, Operand<TFloat32> predicted, Operand<TFloat32> actual) {
  /** Keeps a divisor from being 0 if nothing is labelled; otherwise it is larger. */
  private static final float EPSILON = 1e-7f;

  /**
   * @param loss the name of the loss, for messages
   * @throws IllegalArgumentException if the outputs have no positions or fewer than two classes
   */
  static Overlap of(
      Ops tf,
      String loss,
      Operand<TFloat32> outputs,
      Operand<TFloat32> probabilities,
      Operand<TFloat32> targets) {
    int positions = Axes.count(outputs) - 2;
    if (positions == 0 || Axes.last(outputs) == 1) {
      throw new IllegalArgumentException(
          "%s needs outputs [batch, height, width, classes] with at least 2 classes: %s"
              .formatted(loss, outputs.shape()));
    }
    Operand<TFloat32> labelled =
        Axes.isPositive(
            tf, tf.reduceSum(targets, tf.constant(-1), ReduceSum.keepDims(true))); // [batch, …, 1]
    return new Overlap(
        Axes.sumOverPositions(tf, tf.math.mul(probabilities, targets), positions),
        Axes.sumOverPositions(tf, tf.math.mul(probabilities, labelled), positions),
        Axes.sumOverPositions(tf, targets, positions));
  }

  /**
   * Adds the mean of {@code 1 - part / whole} over the classes that occur in an example's labels; 0
   * if none does.
   *
   * @param part {@code [batch, classes]}
   * @param whole {@code [batch, classes]}
   * @return {@code [batch]}
   */
  Operand<TFloat32> loss(Ops tf, Operand<TFloat32> part, Operand<TFloat32> whole) {
    Operand<TFloat32> share = tf.math.div(part, tf.math.maximum(whole, tf.constant(EPSILON)));
    Operand<TFloat32> occurs = Axes.isPositive(tf, actual);
    Operand<TFloat32> losses = tf.math.mul(occurs, tf.math.sub(tf.constant(1f), share));
    return tf.math.div(
        Axes.sumOverLast(tf, losses),
        tf.math.maximum(Axes.sumOverLast(tf, occurs), tf.constant(1f)));
  }
}
