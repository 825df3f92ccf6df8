package io.github.convnet4j.optimizer;

import io.github.convnet4j.check.Require;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * AdamW, Adam with decoupled weight decay: {@code w -= learningRate weightDecay w}, then the update
 * of {@link Adam}. The decay does not affect Adam's running means.
 *
 * <p>Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019, with the decay
 * multiplied by the learning rate as in Keras and PyTorch. All trained variables decay, including
 * biases.
 *
 * @param learningRate the step size, above 0
 * @param weightDecay the share by which a step with learning rate 1 would reduce a weight, at least
 *     0
 * @param beta1 decay rate of the running mean of the gradients, in [0, 1)
 * @param beta2 decay rate of the running mean of their squares, in [0, 1)
 * @param epsilon keeps the divisor from being 0, above 0
 */
public record AdamW(
    double learningRate, double weightDecay, double beta1, double beta2, double epsilon)
    implements Optimizer {
  /** Checks the settings. */
  public AdamW {
    Require.positiveFloat("learningRate", learningRate);
    Require.notNegativeFloat("weightDecay", weightDecay);
    Require.fractionFloat("beta1", beta1);
    Require.fractionFloat("beta2", beta2);
    Require.positiveFloat("epsilon", epsilon);
  }

  /** Returns a copy with this {@code weightDecay}. */
  public AdamW weightDecay(double weightDecay) {
    return new AdamW(learningRate, weightDecay, beta1, beta2, epsilon);
  }

  /** Returns a copy with this {@code beta1}. */
  public AdamW beta1(double beta1) {
    return new AdamW(learningRate, weightDecay, beta1, beta2, epsilon);
  }

  /** Returns a copy with this {@code beta2}. */
  public AdamW beta2(double beta2) {
    return new AdamW(learningRate, weightDecay, beta1, beta2, epsilon);
  }

  /** Returns a copy with this {@code epsilon}. */
  public AdamW epsilon(double epsilon) {
    return new AdamW(learningRate, weightDecay, beta1, beta2, epsilon);
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
    Operand<TFloat32> share = step.tf().math.mul(step.learningRate(), step.constant(weightDecay));
    StepBuilder.Update adam = Adam.update(step, beta1, beta2, epsilon);
    return step.build(
        (tf, variable, gradient) -> {
          // The gradient is behind the gate: once it is available, all gradients have been
          // computed.
          Op decay =
              tf.withControlDependencies(gradient)
                  .assignSub(variable, tf.math.mul(variable, share));
          return adam.of(tf.withControlDependencies(decay), variable, gradient);
        });
  }
}
