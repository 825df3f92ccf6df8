package io.github.convnet4j.natives;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;

/** TensorFlow's derivatives, guarded against the errors that crash the process. */
public final class Derivatives {
  /**
   * Operations whose derivative casts a constant to the type of their input. A cast to a reference
   * is impossible: Square, Log1p, Asin and Atanh then dereference a null pointer and crash the
   * process; the others fail with an error about "float_ref".
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

  /**
   * The ends of loops, whose derivatives crash the process: only C++ programs build what they need.
   */
  private static final Set<String> LOOP_ENDS = Set.of("Exit", "RefExit");

  private Derivatives() {}

  /**
   * Adds derivatives to a graph.
   *
   * @param of what to differentiate; if it is not a scalar, the sum of its elements
   * @param by the operands with respect to which to differentiate, in the same graph
   * @return one derivative for each of {@code by}, of the same shape; empty if every path contains
   *     an operation without a derivative, such as argMax or stopGradient
   * @throws IllegalArgumentException if a path contains an operation that TensorFlow cannot
   *     differentiate; the message names it
   */
  public static List<Optional<Operand<TFloat32>>> of(
      Graph graph, Operand<TFloat32> of, List<? extends Operand<TFloat32>> by) {
    checkPaths(of, by);
    Output<?>[] outputs;
    try {
      outputs =
          graph.addGradients(
              of.asOutput(), by.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
    } catch (TensorFlowException e) {
      throw new IllegalArgumentException(
          of.op().name() + " cannot be differentiated: " + e.getMessage(), e);
    }
    List<Optional<Operand<TFloat32>>> derivatives = new ArrayList<>();
    for (Output<?> output : outputs) {
      derivatives.add(
          isMissing(output) ? Optional.empty() : Optional.of(output.expect(TFloat32.class)));
    }
    return List.copyOf(derivatives);
  }

  /** TensorFlow indicates that no path is differentiable by an output without an operation. */
  private static boolean isMissing(Output<?> derivative) {
    Pointer operation = ((GraphOperation) derivative.op()).getUnsafeNativeHandle();
    return operation == null || operation.isNull();
  }

  /** Returns the names of all operations that an operand is computed from, including its own. */
  public static Set<String> ancestors(Operand<?> of) {
    return consumers(of).keySet();
  }

  /**
   * Returns, by the name of each operation that an operand is computed from, the operations that
   * use its output.
   */
  private static Map<String, List<GraphOperation>> consumers(Operand<?> of) {
    Map<String, List<GraphOperation>> consumers = new HashMap<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    open.add((GraphOperation) of.op());
    consumers.put(of.op().name(), new ArrayList<>());
    while (!open.isEmpty()) {
      GraphOperation operation = open.remove();
      for (int i = 0; i < operation.numInputs(); i++) {
        GraphOperation input = (GraphOperation) operation.input(i).op();
        List<GraphOperation> known = consumers.get(input.name());
        if (known == null) {
          known = new ArrayList<>();
          consumers.put(input.name(), known);
          open.add(input);
        }
        known.add(operation);
      }
    }
    return consumers;
  }

  /** Checks all operations on the paths to be differentiated for those that crash the process. */
  private static void checkPaths(Operand<TFloat32> of, Collection<? extends Operand<TFloat32>> by) {
    Map<String, List<GraphOperation>> consumers = consumers(of);
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    by.forEach(operand -> open.add(operand.op().name()));
    while (!open.isEmpty()) {
      for (GraphOperation operation : consumers.getOrDefault(open.remove(), List.of())) {
        if (seen.add(operation.name())) {
          check(operation);
          open.add(operation.name());
        }
      }
    }
  }

  private static void check(GraphOperation operation) {
    if (LOOP_ENDS.contains(operation.type())) {
      throw new IllegalArgumentException(
          "the operation %s (%s) cannot be differentiated: it ends a loop: write its steps one after another"
              .formatted(operation.name(), operation.type()));
    }
    if (!NEED_A_VALUE.contains(operation.type())) {
      return;
    }
    for (int i = 0; i < operation.numInputs(); i++) {
      Output<?> input = operation.input(i);
      if (input.dataType().name().endsWith("_REF")) {
        throw new IllegalArgumentException(
            "the operation %s (%s) cannot be differentiated: its input %s is a reference to a variable, not a value: pass tf.identity(variable)%s"
                .formatted(
                    operation.name(),
                    operation.type(),
                    input.op().name(),
                    operation.type().equals("Square") ? ", or use tf.nn.l2Loss(variable)" : ""));
      }
    }
  }
}
