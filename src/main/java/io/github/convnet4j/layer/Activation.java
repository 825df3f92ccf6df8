package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A layer that applies a function to its input and keeps the shape, without variables. It can be a
 * layer of its own, {@code conv2d(32, 3), relu()}, or part of a layer with weights, {@code
 * conv2d(32, 3).activation(relu())}. Both compute the same; the second has a single output, the one
 * after the activation.
 *
 * <p>To write your own, implement {@link #kind} and {@link #apply(Ops, Operand)}.
 */
public interface Activation extends Layer {
  /**
   * Adds the function to the graph.
   *
   * @param tf operations, in the layer's name scope
   * @param input {@code [batch, …]}
   * @return a value of the same shape
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input);

  @Override
  default Shape outputShape(Shape input) {
    return input;
  }

  @Override
  default Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return apply(context.tf(), input);
  }
}
