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
 * of {@link Adam}, whose means know nothing of the decay.
 *
 * <p>Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019, with the decay
 * multiplied by the learning rate as in Keras and PyTorch. Every trained variable decays, biases
 * too.
 *
 * @param learningRate the step size, above 0
 * @param weightDecay the share of a weight that a step of learning rate 1 would take, 0 or above
 * @param beta1 the share of its past that the mean of the gradients keeps, in [0, 1)
 * @param beta2 the same of the mean of their squares, in [0, 1)
 * @param epsilon keeps the divisor from 0, above 0
 */
public record AdamW(float learningRate, float weightDecay, float beta1, float beta2, float epsilon)
    implements Optimizer {
  /** Checks the settings. */
  public AdamW {
    Require.positive("learningRate", learningRate);
    Require.notNegative("weightDecay", weightDecay);
    Require.fraction("beta1", beta1);
    Require.fraction("beta2", beta2);
    Require.positive("epsilon", epsilon);
  }

  /** The same with another {@code weightDecay}. */
  public AdamW weightDecay(float weightDecay) {
    return new AdamW(learningRate, weightDecay, beta1, beta2, epsilon);
  }

  /** The same with another {@code beta1}. */
  public AdamW beta1(float beta1) {
    return new AdamW(learningRate, weightDecay, beta1, beta2, epsilon);
  }

  /** The same with another {@code beta2}. */
  public AdamW beta2(float beta2) {
    return new AdamW(learningRate, weightDecay, beta1, beta2, epsilon);
  }

  /** The same with another {@code epsilon}. */
  public AdamW epsilon(float epsilon) {
    return new AdamW(learningRate, weightDecay, beta1, beta2, epsilon);
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = new StepBuilder(graph, this, variables, gradients);
    Operand<TFloat32> share =
        step.tf().math.mul(step.learningRate(), step.tf().constant(weightDecay));
    StepBuilder.Update adam = Adam.update(step, beta1, beta2, epsilon);
    return step.build(
        (tf, variable, gradient) -> {
          // Nothing may be written before the gradient is there: then all of them are.
          Op decay =
              tf.withControlDependencies(gradient)
                  .assignSub(variable, tf.math.mul(variable, share));
          return adam.of(tf.withControlDependencies(decay), variable, gradient);
        });
  }
}
