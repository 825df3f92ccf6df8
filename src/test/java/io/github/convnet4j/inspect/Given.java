package io.github.convnet4j.inspect;

import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.OpSeed;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An initializer with given values, row by row. */
final class Given implements Initializer {
  private final float[] values;

  private Given(float[] values) {
    this.values = values;
  }

  static Given values(float... values) {
    return new Given(values);
  }

  @Override
  public String kind() {
    return "given";
  }

  @Override
  public Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds) {
    return tf.reshape(tf.constant(values), tf.constant(shape.asArray()));
  }
}
