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

  /** Adds the sum over the last axis. */
  static Operand<TFloat32> sumOverLast(Ops tf, Operand<TFloat32> values) {
    return tf.reduceSum(values, tf.constant(-1));
  }

  /** Adds 1 for each value above 0, and 0 for the others. */
  static Operand<TFloat32> isPositive(Ops tf, Operand<TFloat32> values) {
    return tf.dtypes.cast(tf.math.greater(values, tf.constant(0f)), TFloat32.class);
  }
}
