package io.github.convnet4j.initializer;

import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Sets all values to a constant.
 *
 * @param value finite, also as a 32-bit float
 */
public record Constant(double value) implements Initializer {
  /** Checks the settings. */
  public Constant {
    if (!Float.isFinite((float) value)) {
      throw new IllegalArgumentException("constant: value must be a finite 32-bit float: " + value);
    }
  }

  @Override
  public String kind() {
    return "constant";
  }

  @Override
  public Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds) {
    return tf.fill(tf.constant(shape), tf.constant((float) value));
  }
}
