package io.github.convnet4j.inspect;

import io.github.convnet4j.natives.Derivatives;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Gradients with respect to activations in a graph, not to its variables. */
final class InputGradients {
  private InputGradients() {}

  /**
   * Adds the derivative of a sum of logits.
   *
   * @param logits of any shape; the derivative is of their sum
   * @param by an operand from which the logits are computed, of any shape
   * @param layer a description of {@code by}, for messages
   * @return the derivative, with the shape of {@code by}
   * @throws IllegalArgumentException if there is none
   */
  static Operand<TFloat32> of(
      Graph graph, Operand<TFloat32> logits, Operand<TFloat32> by, String layer) {
    return Derivatives.of(graph, logits, List.of(by))
        .get(0)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the logits have no derivative with respect to %s: every path between them leads through an operation without one, such as argMax or stopGradient"
                        .formatted(layer)));
  }
}
