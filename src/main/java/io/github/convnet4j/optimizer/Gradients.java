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

/** Gradients of a loss. If TensorFlow cannot compute them, the exception says why. */
public final class Gradients {
  private Gradients() {}

  /**
   * Adds the derivatives of a loss to its graph. They are computed from the loss's value, so a
   * gradient is available only after the loss, and no update that is computed from it can change
   * what the loss reads.
   *
   * @param graph the graph of the loss and the variables
   * @param loss the loss to differentiate; if it is not a scalar, the sum of its elements
   * @param variables the variables with respect to which to differentiate; the loss must depend on
   *     each
   * @return one gradient for each variable, with the variable's shape, in the same order
   * @throws IllegalArgumentException if there are no variables, if a variable is listed twice or
   *     belongs to another graph, if the loss does not depend on a variable or only through
   *     operations without a derivative, or if a variable is a direct operand (without {@code
   *     tf.identity}) of an operation whose derivative would crash the process, such as {@code
   *     tf.math.square}
   */
  public static List<Operand<TFloat32>> of(
      Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    Variables.check(graph, variables);
    if (loss.env() != graph) {
      throw new IllegalArgumentException(
          "loss must be in the given graph: " + loss.op().name() + " is not");
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
                          "the loss %s has no derivative with respect to the variable %s, because every path between them contains an operation without a derivative, such as argMax or stopGradient: leave the variable out"
                              .formatted(loss.op().name(), variable))));
    }
    return List.copyOf(gradients);
  }

  /**
   * Checks that gradients match the variables, as {@link Optimizer#apply} requires; for optimizers
   * that change gradients and pass them on to another optimizer.
   *
   * @throws IllegalArgumentException if they do not, or if the variables cannot be trained
   */
  public static void check(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    Variables.check(graph, variables);
    Variables.checkGradients(graph, variables, gradients);
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
