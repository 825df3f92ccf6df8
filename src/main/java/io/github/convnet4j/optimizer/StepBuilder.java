package io.github.convnet4j.optimizer;

import io.github.convnet4j.check.Require;
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
 * Builds the training step of an optimizer in the only correct order: all gradients, then all
 * updates, then the scalars that change once per step. The built-in optimizers use it, and so can
 * your own. This is Lion (Chen et al., Symbolic Discovery of Optimization Algorithms, 2023):
 *
 * <pre>{@code
 * record Lion(double learningRate, double beta1, double beta2) implements Optimizer {
 *   @Override
 *   public TrainingStep apply(
 *       Graph graph,
 *       List<Variable<TFloat32>> variables,
 *       List<? extends Operand<TFloat32>> gradients) {
 *     StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
 *     return step.build(
 *         (tf, variable, gradient) -> {
 *           Variable<TFloat32> m = step.slot(variable, "m", 0);
 *           Operand<TFloat32> sign = tf.math.sign(mix(step, beta1, m, gradient));
 *           Operand<TFloat32> change = tf.math.mul(step.learningRate(), sign);
 *           Operand<TFloat32> mean = mix(step, beta2, m, gradient);
 *           // Both have read m before it changes.
 *           Ops afterwards = tf.withControlDependencies(List.of(change, mean));
 *           return List.of(afterwards.assign(m, mean), afterwards.assignSub(variable, change));
 *         });
 *   }
 *
 *   private static Operand<TFloat32> mix(
 *       StepBuilder step, double beta, Operand<TFloat32> past, Operand<TFloat32> present) {
 *     Ops tf = step.tf();
 *     return tf.math.add(
 *         tf.math.mul(past, step.constant(beta)), tf.math.mul(present, step.constant(1 - beta)));
 *   }
 * }
 * }</pre>
 *
 * <p>To save models that are trained with it, register it: {@code
 * ModelJson.standard().withOptimizer("lion", Lion.class)}.
 *
 * <p>A variable is a reference to memory. Unless the graph enforces the order, a variable may
 * change before another operation has read it.
 */
public final class StepBuilder {
  /** The update of a variable; called once for each. */
  @FunctionalInterface
  public interface Update {
    /**
     * Adds the update's operations. No variable changes before all gradients have been computed.
     * Within the update, an operation that reads a variable must run before one that changes it:
     * either the change is computed from what was read, or {@link Ops#withControlDependencies} says
     * so. TensorFlow's kernels, such as {@code tf.train.applyAdam}, read and change their own
     * variables in the right order.
     *
     * @param tf operations in the step's name scope
     * @param variable the variable to change
     * @param gradient its gradient, available only after all gradients have been computed
     * @return the operations that must run to change the variable and its slots, at least one
     */
    List<? extends Op> of(Ops tf, Variable<TFloat32> variable, Operand<TFloat32> gradient);
  }

  /** Computes the next value of a scalar. */
  @FunctionalInterface
  public interface Next {
    /**
     * Adds the operations that compute the next value.
     *
     * @param tf operations that run after all updates
     * @param value the scalar, with the value that it had in this step
     * @return the value for the next step, a scalar that is computed, not {@code value} itself
     */
    Operand<TFloat32> of(Ops tf, Variable<TFloat32> value);
  }

  private final Ops tf;
  private final Operand<TFloat32> learningRate;
  private final List<Variable<TFloat32>> variables;
  private final List<Operand<TFloat32>> gated = new ArrayList<>();
  private final List<Variable<TFloat32>> state = new ArrayList<>();
  private final List<Scalar> scalars = new ArrayList<>();
  private final Map<String, Ops> scopes = new HashMap<>();
  private boolean isBuilt;

  private record Scalar(Variable<TFloat32> variable, Next next) {}

  private StepBuilder(
      Graph graph,
      double rate,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    this.variables = List.copyOf(variables);
    tf = GraphOps.of(graph).withSubScope("optimizer");
    learningRate =
        tf.withName("learning_rate").placeholderWithDefault(constant(rate), Shape.scalar());
    Ops gate = tf.withSubScope("gate");
    // One operation waits for all gradients, and each update waits for that one, so that the number
    // of edges is linear in the number of variables, not quadratic.
    NoOp all = gate.withControlDependencies(List.copyOf(gradients)).noOp();
    Ops behind = gate.withControlDependencies(List.of(all));
    for (Operand<TFloat32> gradient : gradients) {
      gated.add(behind.identity(gradient));
    }
  }

  /**
   * Starts a step: adds the learning rate, and the gate behind which the updates see the gradients.
   *
   * @param graph the graph of the variables
   * @param learningRate the learning rate of steps that are not fed another one, above 0
   * @param variables the variables to train
   * @param gradients one for each variable, with the variable's shape, in the same order
   * @throws IllegalArgumentException as described at {@link Optimizer#apply}
   */
  public static StepBuilder of(
      Graph graph,
      double learningRate,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    Require.positiveFloat("learningRate", learningRate);
    Gradients.check(graph, variables, gradients);
    return new StepBuilder(graph, learningRate, variables, gradients);
  }

  /** Returns operations in the step's name scope. */
  public Ops tf() {
    return tf;
  }

  /**
   * Returns the learning rate of the step, a scalar. It is fed, so a schedule can change it; read
   * it here and not from a field of the optimizer.
   */
  public Operand<TFloat32> learningRate() {
    return learningRate;
  }

  /** Adds a setting to the graph, rounded to a 32-bit float. */
  public Operand<TFloat32> constant(double value) {
    return tf.constant((float) value);
  }

  /**
   * Adds a state variable that belongs to a trained variable: a slot, such as a running mean of the
   * gradients. It is saved with the model.
   *
   * @param of the trained variable, which determines shape and name
   * @param name what it holds
   * @param initial initial value of each element
   */
  public Variable<TFloat32> slot(Variable<TFloat32> of, String name, double initial) {
    Operand<TFloat32> start = tf.fill(tf.constant(of.shape().asArray()), constant(initial));
    // Opening a scope twice changes its name. A slash would open a scope, so replace it.
    Ops scope = scopes.computeIfAbsent(of.op().name().replace('/', '.'), tf::withSubScope);
    Variable<TFloat32> slot = scope.withName(name).variable(start);
    state.add(slot);
    return slot;
  }

  /**
   * Adds a scalar state variable that changes once per step, after all variables have been updated.
   * It is saved with the model. To count steps:
   *
   * <pre>{@code
   * Variable<TFloat32> t = step.scalar("t", 1, (tf, value) -> tf.math.add(value, tf.constant(1f)));
   * }</pre>
   *
   * @param name what it holds
   * @param initial its value in the first step
   * @param next its value in the next step
   */
  public Variable<TFloat32> scalar(String name, double initial, Next next) {
    Variable<TFloat32> scalar = tf.withName(name).variable(constant(initial));
    state.add(scalar);
    scalars.add(new Scalar(scalar, next));
    return scalar;
  }

  /**
   * Adds a scalar that each step multiplies by a factor after all variables have been updated, such
   * as a power of beta.
   *
   * @param name what it holds
   * @param initial its value in the first step
   * @param factor the scalar to multiply it by
   */
  public Variable<TFloat32> power(String name, double initial, Operand<TFloat32> factor) {
    return scalar(name, initial, (after, value) -> after.math.mul(value, factor));
  }

  /**
   * Adds the updates, then the scalars' next values, then the target operation. To be called once.
   *
   * @throws IllegalArgumentException if there is no operation that updates a variable
   */
  public TrainingStep build(Update update) {
    if (isBuilt) {
      throw new IllegalStateException("build must be called only once for a step");
    }
    isBuilt = true;
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      updates.addAll(checked(update.of(tf, variables.get(i), gated.get(i)), variables.get(i)));
    }
    Ops after = tf.withControlDependencies(updates);
    List<Operand<TFloat32>> next = new ArrayList<>();
    for (Scalar scalar : scalars) {
      next.add(scalar.next().of(after, scalar.variable()));
    }
    List<Op> done = new ArrayList<>(updates);
    // One scalar's next value may be computed from another scalar.
    List<Op> before = new ArrayList<>(updates);
    before.addAll(next);
    Ops last = tf.withControlDependencies(before);
    for (int i = 0; i < next.size(); i++) {
      done.add(last.assign(scalars.get(i).variable(), next.get(i), Assign.useLocking(false)));
    }
    NoOp op = tf.withName("step").withControlDependencies(done).noOp();
    return new TrainingStep(op, state, learningRate);
  }

  private static List<? extends Op> checked(List<? extends Op> update, Variable<TFloat32> of) {
    if (update == null || update.isEmpty()) {
      throw new IllegalArgumentException(
          "the update of %s must return the operations that change it: %s"
              .formatted(of.op().name(), update));
    }
    return update;
  }
}
