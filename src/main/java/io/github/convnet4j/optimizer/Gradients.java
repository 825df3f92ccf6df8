package io.github.convnet4j.optimizer;

import io.github.convnet4j.natives.Derivatives;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Gradients of a loss. What TensorFlow cannot differentiate is refused in words. */
public final class Gradients {
  private Gradients() {}

  /**
   * Adds the derivatives of a loss to its graph. They start from the loss's own value, so reading
   * one waits for the loss as well, and no update that is computed from it can change what the loss
   * reads.
   *
   * @param graph the graph of the loss and the variables
   * @param loss what is differentiated; if it is not a scalar, the sum of its elements
   * @param variables with respect to which; the loss must depend on each
   * @return one gradient for each variable, of its shape, in the same order
   * @throws IllegalArgumentException if there is no variable, one is there twice or is of another
   *     graph, or the loss does not depend on one of them, or only through operations without a
   *     derivative, or a variable enters an operation whose derivative would end the virtual
   *     machine, such as {@code tf.math.square}, as a reference: without {@code tf.identity}
   */
  public static List<Operand<TFloat32>> of(
      Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    Variables.check(graph, variables);
    if (loss.env() != graph) {
      throw new IllegalArgumentException(
          "loss must be of the given graph: " + loss.op().name() + " is not");
    }
    checkDependence(loss, variables);
    List<Optional<Operand<TFloat32>>> derivatives = Derivatives.of(graph, loss, variables);
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (int i = 0; i < derivatives.size(); i++) {
      String variable = variables.get(i).op().name();
      gradients.add(
          derivatives
              .get(i)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the loss %s has no derivative with respect to the variable %s: every path between them leads through an operation without one, such as argMax or stopGradient; leave the variable out"
                              .formatted(loss.op().name(), variable))));
    }
    return List.copyOf(gradients);
  }

  private static void checkDependence(Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    Set<String> ancestors = Derivatives.ancestors(loss);
    for (Variable<TFloat32> variable : variables) {
      if (!ancestors.contains(variable.op().name())) {
        throw new IllegalArgumentException(
            "the loss %s does not depend on the variable %s: leave the variable out"
                .formatted(loss.op().name(), variable.op().name()));
      }
    }
  }
}
