package io.github.convnet4j.optimizer;

import io.github.convnet4j.check.Require;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * AdaGrad: {@code a += g²}, {@code w -= learningRate g / sqrt(a)}.
 *
 * <p>Sources: Duchi et al., Adaptive Subgradient Methods, 2011; Python's {@code AdagradOptimizer}.
 *
 * @param learningRate the step size, above 0
 * @param initialAccumulator initial value of {@code a}, above 0, which keeps the divisor from being
 *     0
 */
public record AdaGrad(double learningRate, double initialAccumulator) implements Optimizer {
  /** Checks the settings. */
  public AdaGrad {
    Require.positiveFloat("learningRate", learningRate);
    Require.positiveFloat("initialAccumulator", initialAccumulator);
  }

  /** Returns a copy with this {@code initialAccumulator}. */
  public AdaGrad initialAccumulator(double initialAccumulator) {
    return new AdaGrad(learningRate, initialAccumulator);
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
    return step.build(
        (tf, variable, gradient) ->
            List.of(
                tf.train.applyAdagrad(
                    variable,
                    step.slot(variable, "accumulator", initialAccumulator),
                    step.learningRate(),
                    gradient)));
  }
}
