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
 * Builds a training step in the only correct order: all gradients, then all updates, then the
 * values that change once per step.
 *
 * <p>A variable is a reference to memory. Unless the graph enforces the order, a variable may be
 * updated before the gradient of another one has read it.
 */
final class StepBuilder {
  /** The update of a variable; called once for each. */
  @FunctionalInterface
  interface Update {
    /**
     * Adds the update's operations.
     *
     * @param tf operations in the step's name scope
     * @param variable the variable to change
     * @param gradient its gradient, available only after all gradients have been computed
     * @return the operations that must run to change the variable
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
            .placeholderWithDefault(tf.constant((float) optimizer.learningRate()), Shape.scalar());
    Ops gate = tf.withSubScope("gate");
    // One operation waits for all gradients, and each update waits for that one, so that the number
    // of edges is linear in the number of variables, not quadratic.
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

  /** Adds a setting to the graph, rounded to a 32-bit float. */
  Operand<TFloat32> constant(double value) {
    return tf.constant((float) value);
  }

  /**
   * Adds a state variable that belongs to a trained variable.
   *
   * @param of the trained variable, which determines shape and name
   * @param name what it holds
   * @param initial initial value of each element
   */
  Variable<TFloat32> slot(Variable<TFloat32> of, String name, double initial) {
    Operand<TFloat32> start =
        tf.fill(tf.constant(of.shape().asArray()), tf.constant((float) initial));
    // Opening a scope twice changes its name. A slash would open a scope, so replace it.
    Ops scope = scopes.computeIfAbsent(of.op().name().replace('/', '.'), tf::withSubScope);
    Variable<TFloat32> slot = scope.withName(name).variable(start);
    state.add(slot);
    return slot;
  }

  /**
   * Adds a scalar that each step multiplies by a factor after all variables have been updated.
   *
   * @param name what it holds
   * @param initial its value in the first step
   * @param factor the scalar to multiply it by
   */
  Variable<TFloat32> power(String name, double initial, Operand<TFloat32> factor) {
    Variable<TFloat32> power = tf.withName(name).variable(tf.constant((float) initial));
    state.add(power);
    powers.add(new Power(power, factor));
    return power;
  }

  /** Adds the updates, then the powers, then the target operation. */
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
