package io.github.convnet4j.layer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

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
 * @param sharedAxes dimensions along which all values are kept or set to zero together; counted
 *     from 1, as in {@link PRelu}. With 1, 2 and 3, whole images are: stochastic depth
 */
public record Dropout(double rate, List<Integer> sharedAxes) implements Layer {
  /** Checks the settings, and keeps a copy of the list. */
  public Dropout {
    sharedAxes = List.copyOf(sharedAxes);
    SharedAxes.check("dropout", sharedAxes);
    Check.fraction("dropout: rate, the share set to zero,", rate);
  }

  static Dropout keeping(double keepProbability) {
    if (!(keepProbability > 0 && keepProbability <= 1)) {
      throw new IllegalArgumentException(
          "dropout: keepProbability must be above 0 and at most 1: " + keepProbability);
    }
    // Decimal, so that 0.8 gives a rate of 0.2; in binary, 1 - 0.8 is 0.19999999999999996.
    return new Dropout(
        BigDecimal.ONE.subtract(BigDecimal.valueOf(keepProbability)).doubleValue(), List.of());
  }

  /**
   * Returns a copy that decides once for all values along these dimensions: {@code sharedAxes(1,
   * 2)} drops whole channels, and {@code sharedAxes(1, 2, 3)} whole images, as a residual branch
   * with stochastic depth needs.
   */
  public Dropout sharedAxes(int... axes) {
    return new Dropout(rate, IntStream.of(axes).boxed().toList());
  }

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  public Shape outputShape(Shape input) {
    SharedAxes.checkWithin(sharedAxes, input);
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    if (context.mode() == Mode.INFERENCE || rate == 0) {
      return input;
    }
    Ops tf = context.tf();
    float dropped = (float) rate;
    if (!sharedAxes.isEmpty()) {
      return dropped(context, input, dropped);
    }
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

  /** Multiplies by a mask that is broadcast along the shared dimensions. */
  private Operand<TFloat32> dropped(LayerContext context, Operand<TFloat32> input, float dropped) {
    Ops tf = context.tf();
    List<Operand<TInt32>> sizes = new ArrayList<>();
    sizes.add(tf.stridedSlice(tf.shape(input), Indices.at(0)));
    for (long size : SharedAxes.shape(sharedAxes, context.inputShape()).asArray()) {
      sizes.add(tf.constant(Math.toIntExact(size)));
    }
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(tf.stack(sizes), context.statelessSeed());
    Operand<TFloat32> mask =
        tf.math.mul(
            tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant(dropped)), TFloat32.class),
            tf.constant(1 / (1 - dropped)));
    // Otherwise TensorFlow would look for gradients of the operations that draw the mask.
    return tf.math.mul(input, tf.stopGradient(mask));
  }
}
