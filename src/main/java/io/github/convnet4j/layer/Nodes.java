package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * Creates the inputs of networks, and nodes with several inputs; intended for {@code import
 * static}, together with {@link Layers}. {@link Node} has an example.
 */
public final class Nodes {
  private Nodes() {}

  /**
   * Returns an input.
   *
   * @param name unique among the network's inputs and layers
   * @param shape of one example, without the batch: {@code 28, 28, 1} or {@code 4}
   */
  public static Input input(String name, long... shape) {
    return new Input(name, Shape.of(shape));
  }

  /** Returns the inputs as a list, for {@code Network.of(inputs(…), outputs(…))}. */
  public static List<Input> inputs(Input... inputs) {
    return List.of(inputs);
  }

  /** Returns the outputs as a list, for {@code Network.of(inputs(…), outputs(…))}. */
  public static List<Output> outputs(Output... outputs) {
    return List.of(outputs);
  }

  /** Returns the inputs one after the other along the last dimension; see {@link Concatenate}. */
  public static Node concat(Node... inputs) {
    return merge(Merge.concat(), inputs);
  }

  /** Returns the sum, value by value; see {@link Add}. */
  public static Node add(Node... inputs) {
    return merge(Merge.add(), inputs);
  }

  /** Returns the first input minus the second, value by value; see {@link Subtract}. */
  public static Node subtract(Node input, Node subtracted) {
    return merge(Merge.subtract(), input, subtracted);
  }

  /** Returns the product, value by value; see {@link Multiply}. */
  public static Node multiply(Node... inputs) {
    return merge(Merge.multiply(), inputs);
  }

  /** Returns the mean, value by value; see {@link Average}. */
  public static Node average(Node... inputs) {
    return merge(Merge.average(), inputs);
  }

  /** Returns the largest values; see {@link Maximum}. */
  public static Node maximum(Node... inputs) {
    return merge(Merge.maximum(), inputs);
  }

  /**
   * Returns what a merge computes from these inputs.
   *
   * @throws IllegalArgumentException if the merge cannot take the inputs; the message names its
   *     kind, the input shapes, and what it needs
   */
  public static Node merge(Merge merge, Node... inputs) {
    return merge(merge, List.of(inputs));
  }

  /** Merges inputs, as {@link #merge(Merge, Node...)} does. */
  public static Node merge(Merge merge, List<Node> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException(merge.kind() + ": inputs must contain at least one: []");
    }
    try {
      return ComputedNode.of(merge, inputs);
    } catch (IllegalArgumentException e) {
      throw fault(merge, inputs, e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw fault(merge, inputs, "it is too large: " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException fault(
      Merge merge, List<Node> inputs, String what, Exception cause) {
    return new IllegalArgumentException(
        "%s, input shapes %s: %s"
            .formatted(LayerNames.describe(merge), inputs.stream().map(Node::shape).toList(), what),
        cause);
  }
}
