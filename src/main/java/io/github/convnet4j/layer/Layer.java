package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A layer of a network: its output shape for an input shape, its variables, and its operations in a
 * graph. To write a custom layer, implement this interface, preferably as a record: networks are
 * compared by content and written to JSON component by component.
 *
 * <pre>{@code
 * record Scale(float factor) implements Layer {
 *   public String kind() { return "scale"; }
 *   public Shape outputShape(Shape input) { return input; }
 *   public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
 *     return context.tf().math.mul(input, context.tf().constant(factor));
 *   }
 * }
 * }</pre>
 *
 * <p>Shapes are those of one example, without the batch: {@code [height, width, channels]} for an
 * image, {@code [n]} for a vector. Operands have the batch as first dimension: {@code [batch,
 * height, width, channels]}.
 *
 * <p>A layer is immutable and holds no TensorFlow objects. A layer that consists of other layers
 * implements {@link CompositeLayer}.
 */
public non-sealed interface Layer extends Computation {
  /**
   * Returns the output shape for an input shape.
   *
   * @throws IllegalArgumentException if the layer cannot take the input; the message says what it
   *     needs. The network adds the layer's position and the input shape
   */
  Shape outputShape(Shape input);

  /** Returns the variables for an input of this shape; none by default. */
  default List<Parameter> parameters(Shape input) {
    return List.of();
  }

  /**
   * Returns the number of multiply-add operations for one example, in convolutions and dense
   * layers.
   */
  default long multiplyAdds(Shape input) {
    return 0;
  }

  /**
   * Adds the layer's operations to the graph. In every mode, all parameters must be requested with
   * {@link LayerContext#weight} or {@link LayerContext#variable}.
   *
   * @param context operations, variables, seeds
   * @param input {@code [batch, …]}
   * @return {@code [batch, …]}, of the shape that {@link #outputShape} returns
   */
  Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input);
}
