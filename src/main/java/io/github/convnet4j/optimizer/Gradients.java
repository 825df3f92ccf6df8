package io.github.convnet4j.optimizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Gradients of a loss, with TensorFlow's faults told in words, and before they do harm. */
public final class Gradients {
  /**
   * Operations whose derivative casts a constant to the type of their input. A variable's is that
   * of a reference, to which nothing can be cast: Square, Log1p, Asin and Atanh then follow a null
   * pointer and end the virtual machine, the others end in an error about "float_ref".
   */
  private static final Set<String> NEED_A_VALUE =
      Set.of(
          "Square",
          "Log1p",
          "Asin",
          "Atanh",
          "Acos",
          "Atan",
          "Sign",
          "Pow",
          "BatchMatMulV2",
          "BatchMatMulV3");

  private Gradients() {}

  /**
   * Adds the derivatives of a loss to its graph. They begin at the loss's own value, so whoever
   * reads one waits for the loss as well, and no update made from it can change what the loss
   * reads.
   *
   * @param graph the graph of the loss and the variables
   * @param loss what is differentiated; if it is no scalar, the sum of its elements
   * @param variables by what; each must have a part in the loss
   * @return one gradient for each variable, of its shape, in the same order
   * @throws IllegalArgumentException if there is no variable, one is there twice or is of another
   *     graph, or the loss does not depend on one of them, or only through operations without a
   *     derivative, or one goes, without {@code tf.identity}, into an operation whose derivative
   *     would end the virtual machine, such as {@code tf.math.square}
   */
  public static List<Operand<TFloat32>> of(
      Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    Variables.check(graph, variables);
    if (loss.env() != graph) {
      throw new IllegalArgumentException(
          "loss must be of the given graph: " + loss.op().name() + " is not");
    }
    checkPaths(loss, variables);
    Output<?>[] outputs = addGradients(graph, loss, variables);

    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (int i = 0; i < outputs.length; i++) {
      Variable<TFloat32> variable = variables.get(i);
      if (isMissing(outputs[i])) {
        throw new IllegalArgumentException(
            "the loss "
                + loss.op().name()
                + " has no derivative by the variable "
                + variable.op().name()
                + ": every way between them leads through an operation without one, such as argMax"
                + " or stopGradient; leave the variable out");
      }
      gradients.add(outputs[i].expect(TFloat32.class));
    }
    return List.copyOf(gradients);
  }

  private static Output<?>[] addGradients(
      Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    Output<?>[] by = variables.stream().map(Variable::asOutput).toArray(Output<?>[]::new);
    try {
      return graph.addGradients(loss.asOutput(), by);
    } catch (TensorFlowException e) {
      throw new IllegalArgumentException(
          "the loss " + loss.op().name() + " cannot be differentiated: " + e.getMessage(), e);
    }
  }

  /** TensorFlow's sign that no path is differentiable: an output of no operation. */
  private static boolean isMissing(Output<?> gradient) {
    Pointer operation = ((GraphOperation) gradient.op()).getUnsafeNativeHandle();
    return operation == null || operation.isNull();
  }

  /** Finds what TensorFlow would answer with an error that names no remedy, or with a crash. */
  private static void checkPaths(Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    Set<String> trained = new HashSet<>();
    variables.forEach(variable -> trained.add(variable.op().name()));
    Set<String> seen = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    open.add((GraphOperation) loss.op());
    seen.add(loss.op().name());
    while (!open.isEmpty()) {
      GraphOperation operation = open.remove();
      for (int i = 0; i < operation.numInputs(); i++) {
        GraphOperation input = (GraphOperation) operation.input(i).op();
        if (NEED_A_VALUE.contains(operation.type()) && trained.contains(input.name())) {
          throw new IllegalArgumentException(
              operation.type()
                  + " of the variable "
                  + input.name()
                  + " itself cannot be differentiated by TensorFlow: give it tf.identity(variable)"
                  + (operation.type().equals("Square") ? ", or use tf.nn.l2Loss(variable)" : ""));
        }
        if (seen.add(input.name())) {
          open.add(input);
        }
      }
    }
    for (String name : trained) {
      if (!seen.contains(name)) {
        throw new IllegalArgumentException(
            "the loss "
                + loss.op().name()
                + " does not depend on the variable "
                + name
                + ": leave the variable out");
      }
    }
  }
}
