package io.github.convnet4j.initializer;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.op.random.TruncatedNormal;
import org.tensorflow.types.TFloat32;

/**
 * Random weights with the variance {@code scale / n}, where n is the number of inputs of a unit
 * (fan-in), or the mean of the fan-in and the fan-out. Glorot's and He's initializers have this
 * form.
 *
 * <p>Fan-in and fan-out are counted as in Keras: {@code in} and {@code out} for a dense kernel,
 * {@code height * width * in} and {@code height * width * out} for a convolution, and the length
 * for both for a vector.
 *
 * @param scale above 0
 * @param fan how n is computed
 * @param distribution the distribution to draw from
 */
public record VarianceScaling(double scale, Fan fan, Distribution distribution)
    implements Initializer {

  /** How n, which the variance is divided by, is computed. */
  public enum Fan {
    /** The fan-in. */
    IN,
    /** The mean of fan-in and fan-out. */
    AVERAGE
  }

  /** The distribution that weights are drawn from. */
  public enum Distribution {
    /** Uniform between ±sqrt(3 * scale / n). */
    UNIFORM,
    /** Normal, with values beyond two standard deviations drawn again; scaled to the variance. */
    TRUNCATED_NORMAL
  }

  /** Standard deviation of a standard normal distribution truncated at ±2. */
  private static final double STDDEV_OF_TRUNCATED = 0.8796256610342398;

  /** Checks the settings. */
  public VarianceScaling {
    if (!(scale > 0 && scale <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("variance_scaling: scale must be above 0: " + scale);
    }
    requireNonNull(fan, "fan");
    requireNonNull(distribution, "distribution");
  }

  @Override
  public String kind() {
    return "variance_scaling";
  }

  @Override
  public Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds) {
    OpSeed seed = seeds.get();
    double n = n(shape);
    return switch (distribution) {
      case UNIFORM -> uniform(tf, shape, seed, (float) Math.sqrt(3 * scale / n));
      case TRUNCATED_NORMAL ->
          tf.math.mul(
              tf.random.truncatedNormal(
                  tf.constant(shape),
                  TFloat32.class,
                  TruncatedNormal.seed(seed.graphSeed()),
                  TruncatedNormal.seed2(seed.opSeed())),
              tf.constant((float) (Math.sqrt(scale / n) / STDDEV_OF_TRUNCATED)));
    };
  }

  /** Adds the same operations as Python's {@code tf.random_uniform(shape, -limit, limit)}. */
  private static Operand<TFloat32> uniform(Ops tf, Shape shape, OpSeed seed, float limit) {
    Operand<TFloat32> unit =
        tf.random.randomUniform(
            tf.constant(shape),
            TFloat32.class,
            RandomUniform.seed(seed.graphSeed()),
            RandomUniform.seed2(seed.opSeed()));
    // Python computes limit - (-limit), which is the same, because doubling is exact.
    return tf.math.add(tf.math.mul(unit, tf.constant(2 * limit)), tf.constant(-limit));
  }

  private double n(Shape shape) {
    int rank = shape.numDimensions();
    double in = rank == 0 ? 1 : shape.get(Math.max(rank - 2, 0));
    double out = rank == 0 ? 1 : shape.get(rank - 1);
    double window = 1;
    for (int i = 0; i < rank - 2; i++) {
      window *= shape.get(i);
    }
    return switch (fan) {
      case IN -> window * in;
      case AVERAGE -> (window * in + window * out) / 2;
    };
  }
}
