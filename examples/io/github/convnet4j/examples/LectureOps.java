package io.github.convnet4j.examples;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.RandomStandardNormal;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.types.TFloat32;

/**
 * The random numbers of the lecture's networks, operation by operation as Python builds them, so
 * that the same seeds give the same numbers.
 *
 * <p>Python numbers a graph's random operations 0, 1, 2, … as they are created; each draws from the
 * graph's seed and its own number, which every method here takes as {@code opSeed}.
 */
final class LectureOps {
  private LectureOps() {}

  /** {@code tf.random_normal(shape, stddev=stddev)}. */
  static Operand<TFloat32> randomNormal(Ops tf, Shape shape, float stddev, long seed, long opSeed) {
    Operand<TFloat32> normal =
        tf.random.randomStandardNormal(
            tf.constant(shape),
            TFloat32.class,
            RandomStandardNormal.seed(seed),
            RandomStandardNormal.seed2(opSeed));
    return tf.math.add(tf.math.mul(normal, tf.constant(stddev)), tf.constant(0f));
  }

  /**
   * {@code xavier_initializer()}: uniform, its limit chosen so that the variance is that of X.
   * Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks",
   * AISTATS 2010, eq. 16.
   */
  static Operand<TFloat32> xavier(Ops tf, int inputs, int outputs, long seed, long opSeed) {
    float limit = (float) Math.sqrt(3.0 / ((inputs + outputs) / 2.0));
    Operand<TFloat32> uniform =
        tf.random.randomUniform(
            tf.constant(Shape.of(inputs, outputs)),
            TFloat32.class,
            RandomUniform.seed(seed),
            RandomUniform.seed2(opSeed));
    return tf.math.add(tf.math.mul(uniform, tf.constant(limit - -limit)), tf.constant(-limit));
  }

  /**
   * {@code tf.nn.dropout(x, keep_prob)}: keeps each value with the given probability, divided by
   * it, and puts 0 for the others. N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural
   * Networks from Overfitting", JMLR 15 (2014).
   */
  static Operand<TFloat32> dropout(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> keepProbability, long seed, long opSeed) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> rate = tf.math.sub(one, keepProbability);
    Operand<TFloat32> uniform =
        tf.random.randomUniform(
            tf.shape(x), TFloat32.class, RandomUniform.seed(seed), RandomUniform.seed2(opSeed));
    return tf.select(
        tf.math.greaterEqual(uniform, rate),
        tf.math.div(x, tf.math.sub(one, rate)),
        tf.constant(0f));
  }
}
