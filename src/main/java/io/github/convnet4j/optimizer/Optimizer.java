package io.github.convnet4j.optimizer;

import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * How variables are updated from their gradients: a value, made by {@link Optimizers}, that any
 * number of graphs may use.
 *
 * <pre>{@code
 * TrainingStep step = Optimizers.adam(0.001f).minimize(graph, loss, List.of(w, b));
 * session.initialize();
 * session.runner().feed(x, images).addTarget(step.op()).run().close();
 * }</pre>
 */
public interface Optimizer {

  /** The learning rate of a step that is fed no other. */
  float learningRate();

  /**
   * Adds to the graph what one step of training takes: gradients, updates, state.
   *
   * <p>No variable changes before the loss and every gradient have been computed, so the loss may
   * be fetched together with the step. Anything else that reads a variable (an accuracy, say) is
   * fetched in a run of its own.
   *
   * @param graph the graph of the loss and the variables
   * @param loss what is made smaller; if it is no scalar, the sum of its elements
   * @param variables the variables to train; all others stay as they are
   * @return the step, whose state is initialised with the graph's other variables
   * @throws IllegalArgumentException for the faults that {@link Gradients#of} names
   */
  default TrainingStep minimize(
      Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    return apply(graph, variables, Gradients.of(graph, loss, variables));
  }

  /**
   * Adds to the graph the updates of the variables by gradients of the caller's own, clipped ones
   * for example. No variable changes before every gradient has been computed.
   *
   * @param graph the graph of the variables
   * @param variables the variables to train
   * @param gradients one for each variable, of its shape, in the same order
   * @return the step, whose state is initialised with the graph's other variables
   * @throws IllegalArgumentException if there is no variable, one is there twice or is of another
   *     graph, or gradients and variables do not match
   */
  TrainingStep apply(
      Graph graph, List<Variable<TFloat32>> variables, List<? extends Operand<TFloat32>> gradients);

  /**
   * The same with each element of each gradient between {@code -limit} and {@code limit}.
   *
   * @param limit above 0
   */
  default Optimizer clipByValue(float limit) {
    return new Clipped(this, Clipped.By.VALUE, limit);
  }

  /**
   * The same with each variable's gradient scaled down to a Euclidean norm of at most {@code
   * limit}.
   *
   * @param limit above 0
   */
  default Optimizer clipByNorm(float limit) {
    return new Clipped(this, Clipped.By.NORM, limit);
  }

  /**
   * The same with all gradients scaled down together, by one factor, to a Euclidean norm of at most
   * {@code limit}.
   *
   * @param limit above 0
   */
  default Optimizer clipByGlobalNorm(float limit) {
    return new Clipped(this, Clipped.By.GLOBAL_NORM, limit);
  }
}
