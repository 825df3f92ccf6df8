package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * In training, sets each value to zero with probability {@code rate} and divides the others by
 * {@code 1 - rate}, which keeps the expected value. In inference it does nothing. The mask depends
 * only on the seed and the training step: the same step has the same mask. With {@link
 * Rewrite#DROPOUT_BY_BYTES} it is drawn from 8 random bits per value, or 16 if the rate is near 0
 * or 1; otherwise from 32.
 *
 * <p>Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from
 * overfitting", 2014.
 *
 * @param rate share of the values that are set to zero, from 0 to below 1
 */
public record Dropout(float rate) implements Layer {
  /** Checks the settings. */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "dropout: rate, the share set to zero, must be from 0 to below 1: " + rate);
    }
  }

  static Dropout keeping(float keepProbability) {
    if (!(keepProbability > 0 && keepProbability <= 1)) {
      throw new IllegalArgumentException(
          "dropout: keepProbability must be above 0 and at most 1: " + keepProbability);
    }
    return new Dropout(1 - keepProbability);
  }

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    if (context.mode() == Mode.INFERENCE || rate == 0) {
      return input;
    }
    Ops tf = context.tf();
    if (context.uses(Rewrite.DROPOUT_BY_BYTES) && DropoutBits.supports(rate)) {
      Operand<TBool> kept =
          DropoutBits.of(rate)
              .kept(tf, input, rate, context.statelessSeed(), context.statelessSeed());
      Operand<TFloat32> mask =
          tf.math.mul(tf.dtypes.cast(kept, TFloat32.class), tf.constant(1 / (1 - rate)));
      // Otherwise TensorFlow would look for gradients of the operations that draw the mask.
      return tf.math.mul(input, tf.stopGradient(mask));
    }
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(tf.shape(input), context.statelessSeed());
    return tf.select(
        tf.math.greaterEqual(uniform, tf.constant(rate)),
        tf.math.div(input, tf.constant(1 - rate)),
        tf.zerosLike(input));
  }
}
