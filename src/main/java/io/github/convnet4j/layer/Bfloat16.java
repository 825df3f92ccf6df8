package io.github.convnet4j.layer;

import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/**
 * Conversions for mixed precision. Values between layers are float32 operands. A layer that
 * computes in bfloat16 converts its input and its output. Layers that only choose or move values,
 * such as max pooling, take the value from before the conversion, so that fewer and smaller values
 * are converted; the result is the same. Sums, such as those of gradients of biases, are float32.
 */
final class Bfloat16 {
  private Bfloat16() {}

  /** Returns a value rounded to bfloat16, or the value that it was converted from. */
  static Operand<TBfloat16> narrow(Ops tf, Operand<TFloat32> value) {
    return source(value).orElseGet(() -> tf.dtypes.cast(value, TBfloat16.class));
  }

  /** Returns a value as float32, which has all values of bfloat16. */
  static Operand<TFloat32> widen(Ops tf, Operand<TBfloat16> value) {
    return tf.dtypes.cast(value, TFloat32.class);
  }

  /** Returns the value that a float32 operand was converted from, if it was a bfloat16. */
  static Optional<Operand<TBfloat16>> source(Operand<TFloat32> value) {
    if (!(value.op() instanceof GraphOperation operation) || !operation.type().equals("Cast")) {
      return Optional.empty();
    }
    Output<?> from = operation.input(0);
    return from.type() == TBfloat16.class
        ? Optional.of(from.expect(TBfloat16.class))
        : Optional.empty();
  }
}
