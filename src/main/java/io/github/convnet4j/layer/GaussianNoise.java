package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * In training, adds normally distributed noise with mean 0 to each value. In inference it does
 * nothing. Takes any shape and keeps it. The noise depends only on the seed and the training step:
 * the same step has the same noise.
 *
 * @param stddev standard deviation of the noise, at least 0
 */
public record GaussianNoise(double stddev) implements Layer {
  /** Checks the settings. */
  public GaussianNoise {
    Check.notNegative("gaussian_noise: stddev", stddev);
  }

  @Override
  public String kind() {
    return "gaussian_noise";
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    if (context.mode() == Mode.INFERENCE || stddev == 0) {
      return input;
    }
    Ops tf = context.tf();
    Operand<TFloat32> normal =
        tf.random.statelessRandomNormal(tf.shape(input), context.statelessSeed());
    // Otherwise TensorFlow would look for gradients of the operations that draw the noise.
    return tf.math.add(input, tf.stopGradient(tf.math.mul(normal, tf.constant((float) stddev))));
  }
}
