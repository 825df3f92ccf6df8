package io.github.convnet4j.optimizer;

import io.github.convnet4j.check.Require;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Adam; its results equal those of Python's {@code tf.compat.v1.train.AdamOptimizer} bit for bit.
 *
 * <p>At step t, with the gradient g: {@code m = beta1 m + (1 - beta1) g}, {@code v = beta2 v + (1 -
 * beta2) g²}, {@code w -= learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)}.
 * Source: Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015, in the form just before
 * section 2.1, where epsilon has a hat: it is added before the bias correction.
 *
 * @param learningRate the step size, above 0
 * @param beta1 decay rate of the running mean of the gradients, in [0, 1)
 * @param beta2 decay rate of the running mean of their squares, in [0, 1)
 * @param epsilon keeps the divisor from being 0, above 0; Keras' default is 1e-7
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {
  /** Checks the settings. */
  public Adam {
    Require.positiveFloat("learningRate", learningRate);
    Require.fractionFloat("beta1", beta1);
    Require.fractionFloat("beta2", beta2);
    Require.positiveFloat("epsilon", epsilon);
  }

  /** Returns a copy with this {@code beta1}. */
  public Adam beta1(double beta1) {
    return new Adam(learningRate, beta1, beta2, epsilon);
  }

  /** Returns a copy with this {@code beta2}. */
  public Adam beta2(double beta2) {
    return new Adam(learningRate, beta1, beta2, epsilon);
  }

  /** Returns a copy with this {@code epsilon}. */
  public Adam epsilon(double epsilon) {
    return new Adam(learningRate, beta1, beta2, epsilon);
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
    return step.build(update(step, beta1, beta2, epsilon));
  }

  /** Returns the update, which AdamW uses, too. */
  static StepBuilder.Update update(StepBuilder step, double beta1, double beta2, double epsilon) {
    Operand<TFloat32> beta1Value = step.constant(beta1);
    Operand<TFloat32> beta2Value = step.constant(beta2);
    Operand<TFloat32> epsilonValue = step.constant(epsilon);
    Variable<TFloat32> beta1Power = step.power("beta1_power", beta1, beta1Value);
    Variable<TFloat32> beta2Power = step.power("beta2_power", beta2, beta2Value);
    return (tf, variable, gradient) ->
        List.of(
            tf.train.applyAdam(
                variable,
                step.slot(variable, "m", 0),
                step.slot(variable, "v", 0),
                beta1Power,
                beta2Power,
                step.learningRate(),
                beta1Value,
                beta2Value,
                epsilonValue,
                gradient));
  }
}
