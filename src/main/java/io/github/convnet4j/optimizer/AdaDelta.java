package io.github.convnet4j.optimizer;

import io.github.convnet4j.check.Require;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * AdaDelta: {@code a = rho a + (1 - rho) g²}, {@code d = g sqrt(s + epsilon) / sqrt(a + epsilon)},
 * {@code s = rho s + (1 - rho) d²}, {@code w -= learningRate d}.
 *
 * <p>Sources: Zeiler, ADADELTA: An Adaptive Learning Rate Method, 2012; Python's {@code
 * AdadeltaOptimizer}.
 *
 * @param learningRate the step size, above 0; 1 in the paper
 * @param rho decay rate of the running means {@code a} and {@code s}, in [0, 1)
 * @param epsilon keeps the divisor and the first step from being 0, above 0
 */
public record AdaDelta(double learningRate, double rho, double epsilon) implements Optimizer {
  /** Checks the settings. */
  public AdaDelta {
    Require.positiveFloat("learningRate", learningRate);
    Require.fractionFloat("rho", rho);
    Require.positiveFloat("epsilon", epsilon);
  }

  /** Returns a copy with this {@code rho}. */
  public AdaDelta rho(double rho) {
    return new AdaDelta(learningRate, rho, epsilon);
  }

  /** Returns a copy with this {@code epsilon}. */
  public AdaDelta epsilon(double epsilon) {
    return new AdaDelta(learningRate, rho, epsilon);
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
    Operand<TFloat32> rhoValue = step.constant(rho);
    Operand<TFloat32> epsilonValue = step.constant(epsilon);
    return step.build(
        (tf, variable, gradient) ->
            List.of(
                tf.train.applyAdadelta(
                    variable,
                    step.slot(variable, "accumulator", 0),
                    step.slot(variable, "accumulator_update", 0),
                    step.learningRate(),
                    rhoValue,
                    epsilonValue,
                    gradient)));
  }
}
