package io.github.convnet4j.initializer;

import io.github.convnet4j.check.Require;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.RandomStandardNormal;
import org.tensorflow.types.TFloat32;

/**
 * Draws from a normal distribution with mean 0: a standard normal times {@code stddev}, exactly the
 * arithmetic of Python's {@code tf.random_normal(shape, stddev=stddev)}.
 *
 * @param stddev standard deviation, at least 0
 */
public record Normal(double stddev) implements Initializer {
  /** Checks the settings. */
  public Normal {
    Require.notNegativeFloat("normal: stddev", stddev);
  }

  @Override
  public String kind() {
    return "normal";
  }

  @Override
  public Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds) {
    OpSeed seed = seeds.get();
    Operand<TFloat32> standard =
        tf.random.randomStandardNormal(
            tf.constant(shape),
            TFloat32.class,
            RandomStandardNormal.seed(seed.graphSeed()),
            RandomStandardNormal.seed2(seed.opSeed()));
    return tf.math.mul(standard, tf.constant((float) stddev));
  }
}
