package io.github.convnet4j.loss;

import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The axes of outputs {@code [batch, …, n]}. The positions are all axes but the first and last. */
final class Axes {
  private Axes() {}

  /**
   * Returns the number of axes.
   *
   * @throws IllegalArgumentException if it is unknown or below 2
   */
  static int count(Operand<TFloat32> outputs) {
    int count = outputs.shape().numDimensions();
    if (count < 2) {
      throw new IllegalArgumentException(
          "outputs must be [batch, …, n], with at least 2 dimensions: " + outputs.shape());
    }
    return count;
  }

  /** Returns n, the size of the last axis. */
  static long last(Operand<TFloat32> outputs) {
    return outputs.shape().get(count(outputs) - 1);
  }

  /** Adds the mean over all axes but the first, {@code [batch]}. */
  static Operand<TFloat32> meanOfExample(Ops tf, Operand<TFloat32> values) {
    int count = count(values);
    Operand<TInt32> axes =
        count == 2 ? tf.constant(1) : tf.constant(IntStream.range(1, count).toArray());
    return tf.math.mean(values, axes);
  }

  /**
   * Adds the sum over the positions.
   *
   * @param values {@code [batch, positions…]} or {@code [batch, positions…, n]}
   * @param positions the number of axes of positions
   * @return {@code [batch]} or {@code [batch, n]}
   */
  static Operand<TFloat32> sumOverPositions(Ops tf, Operand<TFloat32> values, int positions) {
    return tf.reduceSum(values, tf.constant(IntStream.rangeClosed(1, positions).toArray()));
  }

  /**
   * Adds 1 for each position that is labelled, and 0 for one whose labels are all 0.
   *
   * @param targets {@code [batch, …, n]}
   * @return {@code [batch, …]}
   */
  static Operand<TFloat32> labelled(Ops tf, Operand<TFloat32> targets) {
    return isPositive(tf, sumOverLast(tf, targets));
  }

  /**
   * Adds the mean over the positions that are labelled; 0 for an example without any.
   *
   * @param losses {@code [batch, positions…]}
   * @param labelled see {@link #labelled}
   * @param positions the number of axes of positions, at least 1
   * @return {@code [batch]}
   */
  static Operand<TFloat32> meanOverLabelled(
      Ops tf, Operand<TFloat32> losses, Operand<TFloat32> labelled, int positions) {
    return tf.math.div(
        sumOverPositions(tf, tf.math.mul(losses, labelled), positions),
        tf.math.maximum(sumOverPositions(tf, labelled, positions), tf.constant(1f)));
  }

  /**
   * Adds an example's loss over classes of which each position has exactly one.
   *
   * @param losses of each position, {@code [batch, …]}
   * @param targets {@code [batch, …, classes]}
   * @return {@code [batch]}, the mean over the positions that are labelled
   */
  static Operand<TFloat32> ofExample(Ops tf, Operand<TFloat32> losses, Operand<TFloat32> targets) {
    int positions = count(targets) - 2;
    return positions == 0 ? losses : meanOverLabelled(tf, losses, labelled(tf, targets), positions);
  }

  /**
   * Adds the logarithm of the softmax over the last axis. With more than two axes, the gradient of
   * TensorFlow's own operation is wrong: it adds over axis 1 instead of the last one.
   */
  static Operand<TFloat32> logSoftmax(Ops tf, Operand<TFloat32> outputs) {
    if (count(outputs) == 2) {
      return tf.nn.logSoftmax(outputs);
    }
    Operand<TInt32> rows = tf.constant(new int[] {-1, Math.toIntExact(last(outputs))});
    return tf.reshape(tf.nn.logSoftmax(tf.reshape(outputs, rows)), tf.shape(outputs));
  }

  /** Adds the sum over the last axis. */
  static Operand<TFloat32> sumOverLast(Ops tf, Operand<TFloat32> values) {
    return tf.reduceSum(values, tf.constant(-1));
  }

  /** Adds 1 for each value above 0, and 0 for the others. */
  static Operand<TFloat32> isPositive(Ops tf, Operand<TFloat32> values) {
    return tf.dtypes.cast(tf.math.greater(values, tf.constant(0f)), TFloat32.class);
  }
}
