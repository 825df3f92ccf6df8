package io.github.convnet4j.optimizer;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.natives.GraphOps;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * An optimizer whose gradients are clipped to a limit. Created by {@link Optimizer#clipByValue},
 * {@link Optimizer#clipByNorm} and {@link Optimizer#clipByGlobalNorm}.
 *
 * <p>A gradient within the limit does not change, not even in its last bit. NaN stays NaN, so that
 * it is noticed.
 *
 * <p>Source: Pascanu et al., On the difficulty of training recurrent neural networks, 2013, section
 * 3.2; the three kinds correspond to Python's {@code tf.clip_by_…}.
 *
 * @param optimizer applies the clipped gradients
 * @param by what is limited
 * @param limit the largest allowed magnitude or norm, above 0
 */
public record Clipped(Optimizer optimizer, By by, double limit) implements Optimizer {
  /** What is limited. */
  public enum By {
    /** The magnitude of each element. */
    VALUE,
    /** The Euclidean norm of each variable's gradient; its direction does not change. */
    NORM,
    /** The Euclidean norm of all gradients together; their direction does not change. */
    GLOBAL_NORM
  }

  /** Checks the settings. */
  public Clipped {
    requireNonNull(optimizer, "optimizer");
    requireNonNull(by, "by");
    Require.positiveFloat("limit", limit);
  }

  @Override
  public double learningRate() {
    return optimizer.learningRate();
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    Gradients.check(graph, variables, gradients);
    Ops tf = GraphOps.of(graph).withSubScope("clip");
    return optimizer.apply(
        graph,
        variables,
        switch (by) {
          case VALUE -> byValue(tf, gradients);
          case NORM -> byNorm(tf, gradients);
          case GLOBAL_NORM -> byGlobalNorm(tf, gradients);
        });
  }

  private List<Operand<TFloat32>> byValue(Ops tf, List<? extends Operand<TFloat32>> gradients) {
    Operand<TFloat32> low = tf.constant((float) -limit);
    Operand<TFloat32> high = tf.constant((float) limit);
    List<Operand<TFloat32>> clipped = new ArrayList<>();
    for (Operand<TFloat32> gradient : gradients) {
      clipped.add(tf.clipByValue(gradient, low, high));
    }
    return clipped;
  }

  private List<Operand<TFloat32>> byNorm(Ops tf, List<? extends Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> clipped = new ArrayList<>();
    for (Operand<TFloat32> gradient : gradients) {
      clipped.add(tf.math.mul(gradient, scale(tf, sumOfSquares(tf, gradient))));
    }
    return clipped;
  }

  private List<Operand<TFloat32>> byGlobalNorm(
      Ops tf, List<? extends Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (Operand<TFloat32> gradient : gradients) {
      sums.add(sumOfSquares(tf, gradient));
    }
    Operand<TFloat32> scale = scale(tf, tf.math.addN(sums));
    List<Operand<TFloat32>> clipped = new ArrayList<>();
    for (Operand<TFloat32> gradient : gradients) {
      clipped.add(tf.math.mul(gradient, scale));
    }
    return clipped;
  }

  private static Operand<TFloat32> sumOfSquares(Ops tf, Operand<TFloat32> gradient) {
    return tf.math.mul(tf.nn.l2Loss(gradient), tf.constant(2f));
  }

  /**
   * Returns exactly 1 for a norm within the limit; otherwise the factor that reduces it to the
   * limit.
   */
  private Operand<TFloat32> scale(Ops tf, Operand<TFloat32> sumOfSquares) {
    Operand<TFloat32> most = tf.constant((float) limit);
    return tf.math.div(most, tf.math.maximum(tf.math.sqrt(sumOfSquares), most));
  }
}
