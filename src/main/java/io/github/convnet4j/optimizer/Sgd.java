package io.github.convnet4j.optimizer;

import io.github.convnet4j.check.Require;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.types.TFloat32;

/**
 * Gradient descent with or without momentum: {@code w -= learningRate g}; with momentum {@code a =
 * momentum a + g} and {@code w -= learningRate a}; with Nesterov momentum {@code w -= learningRate
 * (g + momentum a)}.
 *
 * <p>Sources: Sutskever et al., On the importance of initialization and momentum in deep learning,
 * 2013; Python's {@code GradientDescentOptimizer} and {@code MomentumOptimizer}.
 *
 * @param learningRate the step size, above 0
 * @param momentum decay rate of the accumulated gradients {@code a}, in [0, 1); 0 for no momentum
 * @param useNesterov whether to use Nesterov momentum, which requires a momentum above 0
 */
public record Sgd(double learningRate, double momentum, boolean useNesterov) implements Optimizer {
  /** Checks the settings. */
  public Sgd {
    Require.positiveFloat("learningRate", learningRate);
    Require.fractionFloat("momentum", momentum);
    if (useNesterov && momentum == 0) {
      throw new IllegalArgumentException(
          "momentum must be above 0 for Nesterov momentum (call momentum(…) before nesterov()): "
              + momentum);
    }
  }

  /** Returns a copy with this {@code momentum}. */
  public Sgd momentum(double momentum) {
    return new Sgd(learningRate, momentum, useNesterov);
  }

  /** Returns a copy with Nesterov momentum. */
  public Sgd nesterov() {
    return new Sgd(learningRate, momentum, true);
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
    if (momentum == 0) {
      return step.build(
          (tf, variable, gradient) ->
              List.of(tf.train.applyGradientDescent(variable, step.learningRate(), gradient)));
    }
    Operand<TFloat32> momentumValue = step.constant(momentum);
    return step.build(
        (tf, variable, gradient) ->
            List.of(
                tf.train.applyMomentum(
                    variable,
                    step.slot(variable, "momentum", 0),
                    step.learningRate(),
                    gradient,
                    momentumValue,
                    ApplyMomentum.useNesterov(useNesterov))));
  }
}
