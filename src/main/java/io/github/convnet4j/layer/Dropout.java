package io.github.convnet4j.layer;

import java.math.BigDecimal;
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
public record Dropout(double rate) implements Layer {
  /** Checks the settings. */
  public Dropout {
    Check.fraction("dropout: rate, the share set to zero,", rate);
  }

  static Dropout keeping(double keepProbability) {
    if (!(keepProbability > 0 && keepProbability <= 1)) {
      throw new IllegalArgumentException(
          "dropout: keepProbability must be above 0 and at most 1: " + keepProbability);
    }
    // Decimal, so that 0.8 gives a rate of 0.2; in binary, 1 - 0.8 is 0.19999999999999996.
    return new Dropout(BigDecimal.ONE.subtract(BigDecimal.valueOf(keepProbability)).doubleValue());
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
    float dropped = (float) rate;
    if (context.uses(Rewrite.DROPOUT_BY_BYTES) && DropoutBits.supports(dropped)) {
      Operand<TBool> kept =
          DropoutBits.of(dropped)
              .kept(tf, input, dropped, context.statelessSeed(), context.statelessSeed());
      Operand<TFloat32> mask =
          tf.math.mul(tf.dtypes.cast(kept, TFloat32.class), tf.constant(1 / (1 - dropped)));
      // Otherwise TensorFlow would look for gradients of the operations that draw the mask.
      return tf.math.mul(input, tf.stopGradient(mask));
    }
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(tf.shape(input), context.statelessSeed());
    return tf.select(
        tf.math.greaterEqual(uniform, tf.constant(dropped)),
        tf.math.div(input, tf.constant(1 - dropped)),
        tf.zerosLike(input));
  }
}
