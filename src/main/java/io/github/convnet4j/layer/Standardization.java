package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Shifts and scales values to a mean and a standard deviation that are trained. */
final class Standardization {
  private Standardization() {}

  /**
   * Adds {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta}, with the mean and the
   * variance (divided by the number of values) over these dimensions.
   *
   * <p>It is computed as in Keras, as {@code x * factor + (beta - mean * factor)}. For the gradient
   * of the formula as written above, TensorFlow's graph optimizer builds a cycle, reports an error
   * and leaves the whole graph without these optimizations.
   *
   * @param gamma may be broadcast to the shape of x
   * @param beta may be broadcast to the shape of x
   */
  static Operand<TFloat32> of(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> gamma,
      Operand<TFloat32> beta,
      double epsilon,
      int... dimensions) {
    Operand<TInt32> over = tf.constant(dimensions);
    Operand<TFloat32> mean = tf.math.mean(x, over, Mean.keepDims(true));
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.squaredDifference(x, mean), over, Mean.keepDims(true));
    Operand<TFloat32> factor =
        tf.math.mul(tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon))), gamma);
    return tf.math.add(tf.math.mul(x, factor), tf.math.sub(beta, tf.math.mul(mean, factor)));
  }
}
