package io.github.convnet4j.keras;

import java.util.List;

/**
 * One application of a layer.
 *
 * @param arguments what it is applied to, in order
 * @param inference whether the layer computes what it does in inference even while the model is
 *     trained ({@code training=False})
 */
record LayerCall(List<Argument> arguments, boolean inference) {
  /** Something that a layer or an operator is applied to. */
  sealed interface Argument {}

  /** The output of another layer. */
  record Tensor(String layer, int call, int output) implements Argument {}

  /** A number. */
  record Scalar(double value) implements Argument {}
}
