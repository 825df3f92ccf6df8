package io.github.convnet4j.initializer;

import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Sets all values to a constant.
 *
 * @param value finite
 */
public record Constant(float value) implements Initializer {
  /** Checks the settings. */
  public Constant {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("constant: value must be finite: " + value);
    }
  }

  @Override
  public String kind() {
    return "constant";
  }

  @Override
  public Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds) {
    return tf.fill(tf.constant(shape), tf.constant(value));
  }
}
