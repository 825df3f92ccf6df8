package io.github.convnet4j.optimizer;

import io.github.convnet4j.natives.GraphOps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Builds one training step in the only order that is right: all gradients, then all updates, then
 * what is counted once a step.
 *
 * <p>A variable is a reference to memory. Unless the order is written into the graph, an update of
 * one variable may run before the gradient of another has read it.
 */
final class StepBuilder {
  /** How one variable changes; called once for each. */
  @FunctionalInterface
  interface Update {
    /**
     * Adds the update's operations.
     *
     * @param tf makes operations under the step's names
     * @param variable the variable to change
     * @param gradient its gradient, which is there only when all of them are
     * @return what must run for the variable to be changed
     */
    List<? extends Op> of(Ops tf, Variable<TFloat32> variable, Operand<TFloat32> gradient);
  }

  private final Ops tf;
  private final Operand<TFloat32> learningRate;
  private final List<Variable<TFloat32>> variables;
  private final List<Operand<TFloat32>> gated = new ArrayList<>();
  private final List<Variable<TFloat32>> state = new ArrayList<>();
  private final List<Power> powers = new ArrayList<>();
  private final Map<String, Ops> scopes = new HashMap<>();

  private record Power(Variable<TFloat32> variable, Operand<TFloat32> factor) {}

  /** Checks the arguments, then adds the learning rate and the gate behind the gradients. */
  StepBuilder(
      Graph graph,
      Optimizer optimizer,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    Variables.check(graph, variables);
    Variables.checkGradients(graph, variables, gradients);
    this.variables = List.copyOf(variables);
    tf = GraphOps.of(graph).withSubScope("optimizer");
    learningRate =
        tf.withName("learning_rate")
            .placeholderWithDefault(tf.constant(optimizer.learningRate()), Shape.scalar());
    Ops gate = tf.withSubScope("gate");
    // One operation waits for all gradients, and each update for that one: the number of edges
    // grows with the number of variables, not with its square.
    NoOp all = gate.withControlDependencies(List.copyOf(gradients)).noOp();
    Ops behind = gate.withControlDependencies(List.of(all));
    for (Operand<TFloat32> gradient : gradients) {
      gated.add(behind.identity(gradient));
    }
  }

  Ops tf() {
    return tf;
  }

  Operand<TFloat32> learningRate() {
    return learningRate;
  }

  /**
   * A variable of the optimizer's own that goes with a trained one.
   *
   * @param of the trained variable, whose shape and name it takes
   * @param name what it holds
   * @param initial each element at the first step
   */
  Variable<TFloat32> slot(Variable<TFloat32> of, String name, float initial) {
    Operand<TFloat32> start = tf.fill(tf.constant(of.shape().asArray()), tf.constant(initial));
    // A scope that is opened twice changes its name, so a slash, which opens one, must go as well.
    Ops scope = scopes.computeIfAbsent(of.op().name().replace('/', '.'), tf::withSubScope);
    Variable<TFloat32> slot = scope.withName(name).variable(start);
    state.add(slot);
    return slot;
  }

  /**
   * A scalar that every step, when all variables are updated, multiplies by a factor.
   *
   * @param name what it holds
   * @param initial the value at the first step
   * @param factor the scalar by which it is multiplied
   */
  Variable<TFloat32> power(String name, float initial, Operand<TFloat32> factor) {
    Variable<TFloat32> power = tf.withName(name).variable(tf.constant(initial));
    state.add(power);
    powers.add(new Power(power, factor));
    return power;
  }

  /** Adds the updates, the powers after them, and the target. */
  TrainingStep build(Update update) {
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      updates.addAll(update.of(tf, variables.get(i), gated.get(i)));
    }
    Ops after = tf.withControlDependencies(updates);
    List<Op> done = new ArrayList<>(updates);
    for (Power power : powers) {
      Operand<TFloat32> next = after.math.mul(power.variable(), power.factor());
      done.add(after.assign(power.variable(), next, Assign.useLocking(false)));
    }
    NoOp op = tf.withName("step").withControlDependencies(done).noOp();
    return new TrainingStep(op, state, learningRate);
  }
}
