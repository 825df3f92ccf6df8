package io.github.convnet4j.own;

import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.StepBuilder;
import io.github.convnet4j.optimizer.TrainingStep;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Lion with decoupled weight decay: Chen et al., Symbolic Discovery of Optimization Algorithms,
 * 2023, algorithm 2.
 */
public record Lion(double learningRate, double beta1, double beta2, double weightDecay)
    implements Optimizer {
  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
    return step.build(
        (tf, variable, gradient) -> {
          Variable<TFloat32> m = step.slot(variable, "m", 0);
          Operand<TFloat32> sign = tf.math.sign(mix(step, beta1, m, gradient));
          Operand<TFloat32> decay = tf.math.mul(variable, step.constant(weightDecay));
          Operand<TFloat32> change = tf.math.mul(step.learningRate(), tf.math.add(sign, decay));
          Operand<TFloat32> mean = mix(step, beta2, m, gradient);
          // Both have read m before it changes.
          Ops afterwards = tf.withControlDependencies(List.of(change, mean));
          return List.of(afterwards.assign(m, mean), afterwards.assignSub(variable, change));
        });
  }

  private static Operand<TFloat32> mix(
      StepBuilder step, double beta, Operand<TFloat32> past, Operand<TFloat32> present) {
    Ops tf = step.tf();
    return tf.math.add(
        tf.math.mul(past, step.constant(beta)), tf.math.mul(present, step.constant(1 - beta)));
  }
}
