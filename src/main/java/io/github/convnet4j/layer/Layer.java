package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A step of a network: what it makes of a shape, which variables it has, and how it is built in a
 * graph. Implement it for a layer of your own, best as a record: networks are compared by content
 * and written to JSON component by component.
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
 * <p>Shapes are those of one example, without the batch: {@code [height, width, channels]} of an
 * image, {@code [n]} of a vector. Operands have the batch in front: {@code [batch, height, width,
 * channels]}.
 *
 * <p>A layer is immutable and holds no TensorFlow object.
 */
public interface Layer {
  /**
   * The name of this sort of layer in JSON, in messages and, with a number, in graphs: {@code
   * "conv2d"}. Lower case, words joined by an underscore.
   */
  String kind();

  /** The layer's name as its user gave it; empty to have the network derive one from the kind. */
  default String name() {
    return "";
  }

  /**
   * The shape that comes out for a shape that goes in.
   *
   * @throws IllegalArgumentException if the layer cannot take it; the message says what would fit.
   *     The network adds the layer's place and the shape
   */
  Shape outputShape(Shape input);

  /** The variables for an input of this shape; none unless overridden. */
  default List<Parameter> parameters(Shape input) {
    return List.of();
  }

  /** Multiplications with an addition for one example: convolutions and dense layers count. */
  default long multiplyAdds(Shape input) {
    return 0;
  }

  /**
   * Output shape, variables and multiply-adds in one go. Override it in a layer that is made of
   * layers, calling {@code infer} of each inner layer once, and let the three methods above ask
   * this one: three questions at each level would take a time that triples with each level of
   * nesting.
   *
   * @throws IllegalArgumentException as {@link #outputShape} does
   */
  default Inferred infer(Shape input) {
    return new Inferred(outputShape(input), parameters(input), multiplyAdds(input));
  }

  /**
   * Adds the layer's operations to the graph. Every parameter must be asked for by {@link
   * LayerContext#weight} or {@link LayerContext#variable}, whatever the mode.
   *
   * @param context operations, variables, seeds
   * @param input {@code [batch, …]}
   * @return {@code [batch, …]}, as {@link #outputShape} said
   */
  Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input);
}
