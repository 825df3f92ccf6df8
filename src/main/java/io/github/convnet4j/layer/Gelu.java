package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gaussian error linear unit: x times the probability that a standard normal value is below x,
 * {@code x / 2 * (1 + erf(x / sqrt(2)))}, without the tanh approximation. Takes any shape and keeps
 * it. Source: Hendrycks and Gimpel, 2016.
 */
public record Gelu() implements Activation {
  @Override
  public String kind() {
    return "gelu";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    Operand<TFloat32> erf = tf.math.erf(tf.math.mul(input, tf.constant((float) Math.sqrt(0.5))));
    return tf.math.mul(tf.math.mul(input, tf.constant(0.5f)), tf.math.add(erf, tf.constant(1f)));
  }
}
