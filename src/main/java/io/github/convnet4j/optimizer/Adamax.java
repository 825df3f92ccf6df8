package io.github.convnet4j.optimizer;

import io.github.convnet4j.check.Require;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Adamax, Adam with the largest gradient in place of the mean square: {@code m = beta1 m + (1 -
 * beta1) g}, {@code u = max(beta2 u, |g|)}, {@code w -= learningRate / (1 - beta1^t) m / (u +
 * epsilon)}.
 *
 * <p>Sources: Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015, section 7.1, without
 * epsilon; Keras, with epsilon.
 *
 * @param learningRate the step size, above 0
 * @param beta1 decay rate of the running mean of the gradients, in [0, 1)
 * @param beta2 decay rate of the largest gradient, in [0, 1)
 * @param epsilon keeps the divisor from being 0, above 0
 */
public record Adamax(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {
  /** Checks the settings. */
  public Adamax {
    Require.positiveFloat("learningRate", learningRate);
    Require.fractionFloat("beta1", beta1);
    Require.fractionFloat("beta2", beta2);
    Require.positiveFloat("epsilon", epsilon);
  }

  /** Returns a copy with this {@code beta1}. */
  public Adamax beta1(double beta1) {
    return new Adamax(learningRate, beta1, beta2, epsilon);
  }

  /** Returns a copy with this {@code beta2}. */
  public Adamax beta2(double beta2) {
    return new Adamax(learningRate, beta1, beta2, epsilon);
  }

  /** Returns a copy with this {@code epsilon}. */
  public Adamax epsilon(double epsilon) {
    return new Adamax(learningRate, beta1, beta2, epsilon);
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
    Operand<TFloat32> beta1Value = step.constant(beta1);
    Operand<TFloat32> beta2Value = step.constant(beta2);
    Operand<TFloat32> epsilonValue = step.constant(epsilon);
    Variable<TFloat32> beta1Power = step.power("beta1_power", beta1, beta1Value);
    return step.build(
        (tf, variable, gradient) ->
            List.of(
                tf.train.applyAdaMax(
                    variable,
                    step.slot(variable, "m", 0),
                    step.slot(variable, "u", 0),
                    beta1Power,
                    step.learningRate(),
                    beta1Value,
                    beta2Value,
                    epsilonValue,
                    gradient)));
  }
}
