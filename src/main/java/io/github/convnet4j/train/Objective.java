package io.github.convnet4j.train;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Applied;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.natives.Derivatives;
import io.github.convnet4j.natives.GraphOps;
import io.github.convnet4j.optimizer.Gradients;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.TrainingStep;
import io.github.convnet4j.task.OutputTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * What training minimizes, and the training step that does so.
 *
 * @param cost a scalar: the mean loss of the batch, plus the weight penalty if there is one
 * @param step the step; empty if the loss does not depend on any trainable variable
 */
record Objective(Operand<TFloat32> cost, Optional<TrainingStep> step) {

  /**
   * Adds the cost and the step to the graph.
   *
   * @param outputs the network's outputs in training, {@code [batch, …]} each
   * @param targets their targets, as the losses take them
   * @param weights for each output the weights of the examples, {@code [batch]}; empty if they have
   *     none
   */
  static Objective build(
      Graph graph,
      NetworkInGraph net,
      Applied training,
      Heads<?> heads,
      List<Operand<TFloat32>> outputs,
      List<Operand<TFloat32>> targets,
      List<? extends Operand<TFloat32>> weights,
      Optimizer optimizer) {
    Ops tf = GraphOps.of(graph);
    List<Operand<TFloat32>> losses = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      OutputTask<?> task = heads.all().get(i).of();
      Loss loss = Losses.checked(task.task().loss());
      Operand<TFloat32> mean =
          weights.isEmpty()
              ? loss.mean(tf, outputs.get(i), targets.get(i))
              : weightedMean(tf, loss, outputs.get(i), targets.get(i), weights.get(i));
      losses.add(task.weight() == 1 ? mean : tf.math.mul(mean, tf.constant((float) task.weight())));
    }
    Operand<TFloat32> cost = losses.size() == 1 ? losses.get(0) : tf.math.addN(losses);
    boolean penalized =
        net.network().parameters().stream().anyMatch(p -> p.trainable() && p.l2() > 0);
    if (penalized) {
      cost = tf.math.add(cost, training.regularizationLoss());
    }
    List<Variable<TFloat32>> variables = onThePath(cost, net.trainableVariables());
    if (variables.isEmpty()) {
      return new Objective(cost, Optional.empty());
    }
    if (training.updates().isEmpty()) {
      return new Objective(
          cost, Optional.of(step(optimizer, optimizer.minimize(graph, cost, variables))));
    }
    // The updates belong to the same step and may read weights, so they run before the optimizer
    // changes them.
    NoOp updated = tf.withControlDependencies(training.updates()).noOp();
    Ops afterUpdates = tf.withControlDependencies(List.of(updated));
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (Operand<TFloat32> gradient : Gradients.of(graph, cost, variables)) {
      gradients.add(afterUpdates.identity(gradient));
    }
    return new Objective(
        cost, Optional.of(step(optimizer, optimizer.apply(graph, variables, gradients))));
  }

  private static TrainingStep step(Optimizer optimizer, TrainingStep step) {
    return Require.result("the optimizer " + optimizer, "apply", step);
  }

  /** Divides by the number of examples, not by the sum of their weights, as Keras does. */
  private static Operand<TFloat32> weightedMean(
      Ops tf,
      Loss loss,
      Operand<TFloat32> outputs,
      Operand<TFloat32> targets,
      Operand<TFloat32> weights) {
    return tf.math.mean(
        tf.math.mul(loss.perExample(tf, outputs, targets), weights), tf.constant(0));
  }

  /** Returns the variables that the cost depends on: a layer may have others. */
  private static List<Variable<TFloat32>> onThePath(
      Operand<TFloat32> cost, List<Variable<TFloat32>> variables) {
    Set<String> ancestors = Derivatives.ancestors(cost);
    return variables.stream().filter(variable -> ancestors.contains(variable.op().name())).toList();
  }
}
