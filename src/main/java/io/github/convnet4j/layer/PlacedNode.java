package io.github.convnet4j.layer;

import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * A layer or a merge at its place in a network, with everything that was inferred for it.
 *
 * @param path its name, unique in the network; {@code residual/conv2d} for a layer within another
 * @param name the name that {@link Node#named} gave the node; empty if its layer was named, or the
 *     name is derived
 * @param weightsPath the path of its variables: that of the layer, or for a shared layer and its
 *     inner ones that of the layer that shares them
 * @param computation the layer or merge
 * @param from the paths of the nodes, or the names of the inputs, that it takes its inputs from
 * @param inputs its input shapes, of one example
 * @param output its output shape, of one example
 * @param parameters its variables and those of its inner layers, with their names in the network
 * @param multiplyAdds number of multiply-add operations for one example
 * @param inner what a composite layer consists of, in the order in which it is applied. The last
 *     computes the layer's output; if it is a merge without a name, it has the layer's path
 */
public record PlacedNode(
    String path,
    String name,
    String weightsPath,
    Computation computation,
    List<String> from,
    List<Shape> inputs,
    Shape output,
    List<Parameter> parameters,
    long multiplyAdds,
    List<PlacedNode> inner) {
  /** Keeps copies of the lists. */
  public PlacedNode {
    from = List.copyOf(from);
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
    inner = List.copyOf(inner);
  }

  /** Returns the number of values in its variables. */
  public long parameterCount() {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  /**
   * Returns the nodes that compute something themselves: this one, or those within it at any depth.
   * A composite layer without inner layers, which passes its input through, has none.
   */
  public Stream<PlacedNode> leaves() {
    return computation instanceof CompositeLayer
        ? inner.stream().flatMap(PlacedNode::leaves)
        : Stream.of(this);
  }

  /**
   * Returns a copy that takes its inputs from another node or input of the network.
   *
   * @param before the path of the node, or the name of the input, that is replaced
   * @param now the path or the name that replaces it
   */
  public PlacedNode withInput(String before, String now) {
    return new PlacedNode(
        path,
        name,
        weightsPath,
        computation,
        from.stream().map(input -> input.equals(before) ? now : input).toList(),
        inputs,
        output,
        parameters,
        multiplyAdds,
        inner.stream().map(node -> node.withInput(before, now)).toList());
  }

  /** Returns a copy with other shapes, for a node that is applied at another place. */
  public PlacedNode withShapes(Shape newInput, Shape newOutput) {
    return new PlacedNode(
        path,
        name,
        weightsPath,
        computation,
        from,
        List.of(newInput),
        newOutput,
        parameters,
        multiplyAdds,
        inner);
  }
}
