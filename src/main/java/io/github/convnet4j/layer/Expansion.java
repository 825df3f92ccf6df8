package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * The nodes within a composite layer.
 *
 * @param input stands for the layer's input
 * @param output the node whose value is the layer's output; may be the input
 * @param order the computed nodes, each after those that it is computed from
 */
record Expansion(Input input, Node output, List<ComputedNode> order) {
  /**
   * Expands a layer.
   *
   * @param nesting number of layers around its inner ones
   * @throws IllegalArgumentException if the layer cannot take the input, or uses nodes from
   *     elsewhere
   */
  static Expansion of(CompositeLayer layer, Shape shape, int nesting) {
    Input input = Input.within(shape, nesting);
    Node output = layer.expand(input);
    if (output == null) {
      throw new IllegalArgumentException("its expand returned null");
    }
    NodeOrder order = NodeOrder.of(List.of(output));
    for (Input used : order.inputs()) {
      if (used != input) {
        throw new IllegalArgumentException(
            "its expand must use only the node that it is given: it uses the input " + used);
      }
    }
    return new Expansion(input, output, order.computed());
  }

  long multiplyAdds() {
    return order.stream().mapToLong(ComputedNode::multiplyAdds).reduce(0, Math::addExact);
  }
}
