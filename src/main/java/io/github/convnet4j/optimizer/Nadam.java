package io.github.convnet4j.optimizer;

import io.github.convnet4j.check.Require;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Nadam, Adam with Nesterov momentum that warms up: {@code u(t) = beta1 (1 - 0.5
 * 0.96^(scheduleDecay t))}, {@code p(t) = u(1) u(2) … u(t)}.
 *
 * <p>With Adam's means {@code m} and {@code v}: {@code m' = u(t+1) m / (1 - p(t+1)) + (1 - u(t)) g
 * / (1 - p(t))}, {@code v' = v / (1 - beta2^t)}, {@code w -= learningRate m' / (sqrt(v') +
 * epsilon)}.
 *
 * <p>Source: Dozat, Incorporating Nesterov Momentum into Adam, 2016, where the exponent of 0.96 is
 * t / 250, as in PyTorch. In Keras 3 it is t: use {@code scheduleDecay(1)}.
 *
 * @param learningRate the step size, above 0
 * @param beta1 decay rate of the running mean of the gradients, in [0, 1)
 * @param beta2 decay rate of the running mean of their squares, in [0, 1)
 * @param epsilon keeps the divisor from being 0, above 0
 * @param scheduleDecay how fast the momentum warms up, above 0
 */
public record Nadam(
    double learningRate, double beta1, double beta2, double epsilon, double scheduleDecay)
    implements Optimizer {
  /** Checks the settings. */
  public Nadam {
    Require.positiveFloat("learningRate", learningRate);
    Require.fractionFloat("beta1", beta1);
    Require.fractionFloat("beta2", beta2);
    Require.positiveFloat("epsilon", epsilon);
    Require.positiveFloat("scheduleDecay", scheduleDecay);
  }

  /** Returns a copy with this {@code beta1}. */
  public Nadam beta1(double beta1) {
    return new Nadam(learningRate, beta1, beta2, epsilon, scheduleDecay);
  }

  /** Returns a copy with this {@code beta2}. */
  public Nadam beta2(double beta2) {
    return new Nadam(learningRate, beta1, beta2, epsilon, scheduleDecay);
  }

  /** Returns a copy with this {@code epsilon}. */
  public Nadam epsilon(double epsilon) {
    return new Nadam(learningRate, beta1, beta2, epsilon, scheduleDecay);
  }

  /** Returns a copy with this {@code scheduleDecay}. */
  public Nadam scheduleDecay(double scheduleDecay) {
    return new Nadam(learningRate, beta1, beta2, epsilon, scheduleDecay);
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
    Ops tf = step.tf();
    float warmingFactor = (float) Math.pow(0.96, (float) scheduleDecay);
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> warming = tf.constant(warmingFactor);
    Variable<TFloat32> beta2Power = step.power("beta2_power", beta2, step.constant(beta2));
    Variable<TFloat32> schedule = step.power("schedule_power", warmingFactor, warming);
    Operand<TFloat32> momentum = momentum(tf, tf.identity(schedule));
    Operand<TFloat32> nextMomentum = momentum(tf, tf.math.mul(schedule, warming));
    Variable<TFloat32> productBefore = step.power("momentum_product", 1, momentum);
    Operand<TFloat32> product = tf.math.mul(productBefore, momentum);
    Operand<TFloat32> nextProduct = tf.math.mul(product, nextMomentum);

    Operand<TFloat32> meanShare = tf.math.div(nextMomentum, tf.math.sub(one, nextProduct));
    Operand<TFloat32> gradientShare =
        tf.math.div(tf.math.sub(one, momentum), tf.math.sub(one, product));
    Operand<TFloat32> squareShare = tf.math.sub(one, beta2Power);
    Operand<TFloat32> epsilonValue = step.constant(epsilon);
    return step.build(
        (ops, variable, gradient) -> {
          Variable<TFloat32> m = step.slot(variable, "m", 0);
          Variable<TFloat32> v = step.slot(variable, "v", 0);
          Operand<TFloat32> mean = mix(ops, (float) beta1, m, gradient);
          Operand<TFloat32> square = mix(ops, (float) beta2, v, ops.math.square(gradient));
          Operand<TFloat32> ahead =
              ops.math.add(ops.math.mul(mean, meanShare), ops.math.mul(gradient, gradientShare));
          Operand<TFloat32> root = ops.math.sqrt(ops.math.div(square, squareShare));
          Operand<TFloat32> change =
              ops.math.div(
                  ops.math.mul(step.learningRate(), ahead), ops.math.add(root, epsilonValue));
          return List.of(
              ops.assign(m, mean), ops.assign(v, square), ops.assignSub(variable, change));
        });
  }

  private Operand<TFloat32> momentum(Ops tf, Operand<TFloat32> schedulePower) {
    return tf.math.mul(
        tf.constant((float) beta1),
        tf.math.sub(tf.constant(1f), tf.math.mul(tf.constant(0.5f), schedulePower)));
  }

  private static Operand<TFloat32> mix(
      Ops tf, float kept, Operand<TFloat32> past, Operand<TFloat32> present) {
    return tf.math.add(
        tf.math.mul(past, tf.constant(kept)), tf.math.mul(present, tf.constant(1 - kept)));
  }
}
