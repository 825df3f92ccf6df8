package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * What a node with several inputs computes from them, for example their sum. {@link Nodes#merge}
 * adds it to a network. To write a custom merge, implement this interface, preferably as a record:
 * networks are compared by content and written to JSON component by component.
 *
 * <pre>{@code
 * record Minimum() implements Merge {
 *   public String kind() { return "minimum"; }
 *   public Shape outputShape(List<Shape> inputs) { return inputs.get(0); }
 *   public Operand<TFloat32> apply(LayerContext context, List<Operand<TFloat32>> inputs) {
 *     return context.tf().math.minimum(inputs.get(0), inputs.get(1));
 *   }
 * }
 * }</pre>
 *
 * <p>Shapes are those of one example, without the batch. A merge is immutable and holds no
 * TensorFlow objects.
 */
public non-sealed interface Merge extends Computation {
  /** Returns the sum of the inputs; a dimension of size 1 is repeated. */
  static Add add() {
    return new Add("");
  }

  /** Returns the first input minus the second; a dimension of size 1 is repeated. */
  static Subtract subtract() {
    return new Subtract("");
  }

  /** Returns the product of the inputs, value by value; a dimension of size 1 is repeated. */
  static Multiply multiply() {
    return new Multiply("");
  }

  /** Returns the mean of the inputs, value by value; a dimension of size 1 is repeated. */
  static Average average() {
    return new Average("");
  }

  /** Returns the largest of the inputs, value by value; a dimension of size 1 is repeated. */
  static Maximum maximum() {
    return new Maximum("");
  }

  /** Returns the first input plus a multiple of the second; a dimension of size 1 is repeated. */
  static ScaledAdd scaledAdd(double scale) {
    return new ScaledAdd(scale, "");
  }

  /** Returns the inputs one after the other along the last dimension. */
  static Concatenate concat() {
    return new Concatenate("");
  }

  /**
   * Returns the output shape for these input shapes.
   *
   * @throws IllegalArgumentException if the merge cannot take the inputs; the message says what it
   *     needs. The kind and the input shapes are added to it
   */
  Shape outputShape(List<Shape> inputs);

  /** Returns the variables for inputs of these shapes; none by default. */
  default List<Parameter> parameters(List<Shape> inputs) {
    return List.of();
  }

  /** Returns the number of multiply-add operations for one example, as {@link Layer} counts. */
  default long multiplyAdds(List<Shape> inputs) {
    return 0;
  }

  /**
   * Adds the operations to the graph. In every mode, all parameters must be requested with {@link
   * LayerContext#weight} or {@link LayerContext#variable}.
   *
   * @param context operations, variables, seeds; {@link LayerContext#inputShapes} has the shapes
   * @param inputs each {@code [batch, …]}
   * @return {@code [batch, …]}, of the shape that {@link #outputShape} returns
   */
  Operand<TFloat32> apply(LayerContext context, List<Operand<TFloat32>> inputs);
}
