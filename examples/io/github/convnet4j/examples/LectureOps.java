package io.github.convnet4j.examples;

import io.github.convnet4j.initializer.OpSeed;
import java.util.List;
import java.util.stream.StreamSupport;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.RandomStandardNormal;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.types.TFloat32;

/**
 * The lecture's initializers and its dropout, built from the same operations as in Python, so that
 * the same seeds give the same numbers.
 *
 * <p>Each random operation has two seeds: the graph's, and the operation's own. Python numbers the
 * random operations of a graph 0, 1, 2, … in the order in which they are created; every method here
 * takes that number as {@code opSeed}.
 */
public final class LectureOps {
  private LectureOps() {}

  /** {@code tf.random_normal(shape, stddev=stddev)}. */
  public static Operand<TFloat32> randomNormal(
      Ops tf, Shape shape, float stddev, long seed, long opSeed) {
    Operand<TFloat32> normal =
        tf.random.randomStandardNormal(
            tf.constant(shape),
            TFloat32.class,
            RandomStandardNormal.seed(seed),
            RandomStandardNormal.seed2(seed2(seed, opSeed)));
    return tf.math.add(tf.math.mul(normal, tf.constant(stddev)), tf.constant(0f));
  }

  /**
   * {@code xavier_initializer()}: uniform, with a limit that preserves the variance of the values
   * that pass through the layer. X. Glorot, Y. Bengio, "Understanding the difficulty of training
   * deep feedforward neural networks", AISTATS 2010, eq. 16.
   *
   * @return {@code [inputs, outputs]}
   */
  public static Operand<TFloat32> xavier(
      Ops tf, long inputs, long outputs, long seed, long opSeed) {
    float limit = (float) Math.sqrt(3.0 / ((inputs + outputs) / 2.0));
    Operand<TFloat32> uniform =
        tf.random.randomUniform(
            tf.constant(Shape.of(inputs, outputs)),
            TFloat32.class,
            RandomUniform.seed(seed),
            RandomUniform.seed2(seed2(seed, opSeed)));
    return tf.math.add(tf.math.mul(uniform, tf.constant(limit - -limit)), tf.constant(-limit));
  }

  /**
   * {@code tf.nn.dropout(x, keep_prob)}: keeps each value with the given probability and divides it
   * by that probability; the other values become 0. N. Srivastava et al., "Dropout: A Simple Way to
   * Prevent Neural Networks from Overfitting", JMLR 15 (2014).
   *
   * <p>The result is named {@code dropout/mul} as in TensorFlow 1, which multiplied by a mask of
   * zeros and ones. Later versions use {@code select}, with the same result.
   */
  public static Operand<TFloat32> dropout(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> keepProbability, long seed, long opSeed) {
    Ops scope = tf.withSubScope("dropout");
    Operand<TFloat32> one = scope.constant(1f);
    Operand<TFloat32> rate = scope.math.sub(one, keepProbability);
    Operand<TFloat32> uniform =
        scope.random.randomUniform(
            scope.shape(x),
            TFloat32.class,
            RandomUniform.seed(seed),
            RandomUniform.seed2(seed2(seed, opSeed)));
    return scope
        .withName("mul")
        .select(
            scope.math.greaterEqual(uniform, rate),
            scope.math.div(x, scope.math.sub(one, rate)),
            scope.constant(0f));
  }

  /** Returns copies of the values of variables, each row by row. */
  static List<float[]> values(Session session, List<Variable<TFloat32>> variables) {
    Session.Runner runner = session.runner();
    variables.forEach(runner::fetch);
    try (Result result = runner.run()) {
      // A fetched tensor is the memory of its variable, so the values are copied.
      return StreamSupport.stream(result.spliterator(), false)
          .map(entry -> HeapArrays.flatten((TFloat32) entry.getValue()))
          .toList();
    }
  }

  /** TensorFlow draws other numbers each time if both seeds are 0; Python and OpSeed avoid that. */
  private static long seed2(long seed, long opSeed) {
    return new OpSeed(seed, opSeed).opSeed();
  }
}
