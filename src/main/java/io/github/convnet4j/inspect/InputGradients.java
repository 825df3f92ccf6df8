package io.github.convnet4j.inspect;

import org.bytedeco.javacpp.Pointer;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;

/** Gradients by what flows through a graph, not by its variables. */
final class InputGradients {
  private InputGradients() {}

  /**
   * Adds the derivative of a sum of logits.
   *
   * @param logits of any shape; the derivative is of their sum
   * @param by what the logits are made from, of any shape
   * @param layer what {@code by} is, for messages
   * @return of the shape of {@code by}
   * @throws IllegalArgumentException if there is none
   */
  static Operand<TFloat32> of(
      Graph graph, Operand<TFloat32> logits, Operand<TFloat32> by, String layer) {
    Output<?> gradient;
    try {
      gradient = graph.addGradients(logits.asOutput(), new Output<?>[] {by.asOutput()})[0];
    } catch (TensorFlowException e) {
      throw new IllegalArgumentException(
          "the logits cannot be differentiated by %s: %s".formatted(layer, e.getMessage()), e);
    }
    Pointer operation = ((GraphOperation) gradient.op()).getUnsafeNativeHandle();
    if (operation == null || operation.isNull()) {
      throw new IllegalArgumentException(
          "the logits have no derivative by %s: every way between them leads through an operation"
                  .formatted(layer)
              + " without one, such as argMax or stopGradient");
    }
    return gradient.expect(TFloat32.class);
  }
}
