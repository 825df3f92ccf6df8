package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * A value that flows through a network: an {@link Input}, or what a {@link Layer} or a {@link
 * Merge} computes from other nodes. A network is described by connecting nodes, from its inputs to
 * its outputs:
 *
 * <pre>{@code
 * Input image = input("image", 64, 64, 3);
 * Input age = input("age", 1);
 * Node features = image.then(conv2d(32, 3), relu(), globalAveragePool());   // [32]
 * Node both = concat(features, age.then(dense(8), relu()));                 // [40]
 * Network network =
 *     Network.of(
 *         inputs(image, age),
 *         outputs(both.then(dense(3)).as("kind"), both.then(dense(1)).as("days")));
 * }</pre>
 *
 * <p>Immutable; several nodes and networks may use the same node. Two nodes are equal only if they
 * are the same object.
 */
public abstract sealed class Node permits Input, ComputedNode {
  /** The largest number of layers within layers; deeper descriptions might overflow the stack. */
  private static final int MOST_NESTING = 256;

  private final Shape shape;
  private final int nesting;

  Node(Shape shape, int nesting) {
    if (nesting > MOST_NESTING) {
      throw new IllegalArgumentException(
          "layers must be nested at most %d deep: %d".formatted(MOST_NESTING, nesting));
    }
    this.shape = shape;
    this.nesting = nesting;
  }

  /** Returns the shape of its value for one example, without the batch. */
  public final Shape shape() {
    return shape;
  }

  /** Returns the number of layers that contain this node. */
  final int nesting() {
    return nesting;
  }

  /** Returns the nodes from which it is computed. */
  abstract List<Node> inputs();

  /**
   * Returns the output of these layers, applied one after the other to this node.
   *
   * @throws IllegalArgumentException if a layer cannot take its input; the message names the
   *     layer's position and kind, the input shape, and what the layer needs
   */
  public final Node then(Layer... layers) {
    return then(List.of(layers));
  }

  /** Applies layers, as {@link #then(Layer...)} does. */
  public final Node then(List<? extends Layer> layers) {
    Node node = this;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      try {
        node = ComputedNode.of(layer, node);
      } catch (IllegalArgumentException e) {
        throw fault(i, layer, node.shape(), e.getMessage(), e);
      } catch (ArithmeticException e) {
        throw fault(i, layer, node.shape(), "it is too large: " + e.getMessage(), e);
      }
    }
    return node;
  }

  /**
   * Returns a node with the same value and a name of its own, whatever the layer is called. It
   * replaces this node: the network must use only one of them.
   *
   * <p>The name may be a path. {@code named("encoder/conv1")} is a layer of the group {@code
   * encoder}, which {@code freeze("encoder")} freezes as a whole; its variables are {@code
   * encoder/conv1/kernel} and so on.
   *
   * @param name unique among the network's inputs and layers
   * @throws IllegalArgumentException if this is an input, or the name has characters that
   *     TensorFlow does not allow
   */
  public abstract Node named(String name);

  private static IllegalArgumentException fault(
      int i, Layer layer, Shape input, String what, Exception cause) {
    return new IllegalArgumentException(
        "%s, input shape %s: %s".formatted(LayerNames.describe(i, layer), input, what), cause);
  }

  /**
   * Returns this node as an output of a network.
   *
   * @param name the name of the output, unique in the network
   */
  public final Output as(String name) {
    return new Output(name, this);
  }
}
