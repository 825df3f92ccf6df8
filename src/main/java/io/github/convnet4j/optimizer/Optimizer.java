package io.github.convnet4j.optimizer;

import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Updates variables from their gradients. An optimizer is a value, created by {@link Optimizers};
 * any number of graphs may use it.
 *
 * <pre>{@code
 * TrainingStep step = Optimizers.adam(0.001).minimize(graph, loss, List.of(w, b));
 * session.initialize();
 * session.runner().feed(x, images).addTarget(step.op()).run().close();
 * }</pre>
 *
 * <p>To write your own, implement {@link #apply} with a {@link StepBuilder}; there is an example.
 */
public interface Optimizer {

  /** Returns the learning rate of steps that are not fed another one. */
  double learningRate();

  /**
   * Adds everything for a training step to the graph: gradients, updates and state.
   *
   * <p>No variable changes before the loss and all gradients have been computed, so the loss can be
   * fetched together with the step. Fetch anything else that reads a variable, for example an
   * accuracy, in a separate run.
   *
   * @param graph the graph of the loss and the variables
   * @param loss the loss to minimize; if it is not a scalar, the sum of its elements
   * @param variables the variables to train; all others stay as they are
   * @return the step, whose state is initialized with the graph's other variables
   * @throws IllegalArgumentException as described at {@link Gradients#of}
   */
  default TrainingStep minimize(
      Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    return apply(graph, variables, Gradients.of(graph, loss, variables));
  }

  /**
   * Adds the updates for given gradients to the graph, for example for clipped ones. No variable
   * changes before all gradients have been computed.
   *
   * @param graph the graph of the variables
   * @param variables the variables to train
   * @param gradients one for each variable, with the variable's shape, in the same order
   * @return the step, whose state is initialized with the graph's other variables
   * @throws IllegalArgumentException if there are no variables, if a variable is listed twice or
   *     belongs to another graph, or if gradients and variables do not match
   */
  TrainingStep apply(
      Graph graph, List<Variable<TFloat32>> variables, List<? extends Operand<TFloat32>> gradients);

  /**
   * Returns an optimizer that clips each element of each gradient to the range from {@code -limit}
   * to {@code limit}.
   *
   * @param limit above 0
   */
  default Optimizer clipByValue(double limit) {
    return new Clipped(this, Clipped.By.VALUE, limit);
  }

  /**
   * Returns an optimizer that scales each variable's gradient down to a Euclidean norm of at most
   * {@code limit}.
   *
   * @param limit above 0
   */
  default Optimizer clipByNorm(double limit) {
    return new Clipped(this, Clipped.By.NORM, limit);
  }

  /**
   * Returns an optimizer that scales all gradients down by the same factor, so that together they
   * have a Euclidean norm of at most {@code limit}.
   *
   * @param limit above 0
   */
  default Optimizer clipByGlobalNorm(double limit) {
    return new Clipped(this, Clipped.By.GLOBAL_NORM, limit);
  }
}
