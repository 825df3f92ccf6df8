package io.github.convnet4j.inspect;

import io.github.convnet4j.layer.Dense;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Applied;
import io.github.convnet4j.model.AppliedNode;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.natives.Derivatives;
import io.github.convnet4j.train.Normalization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A network in a graph, applied for inference, with all its layers.
 *
 * @param net the network
 * @param images {@code [batch, height, width, channels]} from 0 to 1, or another input
 * @param logits the output, {@code [batch, …]}; for a classifier {@code [batch, classes]}
 * @param nodes all layers and merges at any depth, in the order in which they were applied, inner
 *     ones first
 */
record InspectedNetwork(
    NetworkInGraph net,
    Placeholder<TFloat32> images,
    Operand<TFloat32> logits,
    List<AppliedNode> nodes) {
  InspectedNetwork {
    nodes = List.copyOf(nodes);
  }

  static InspectedNetwork build(
      Ops tf, Network network, Normalization normalization, Placeholder<TFloat32> images) {
    // The seed does not matter, because all variables get the model's values. Rewrites would
    // remove the outputs of some layers.
    NetworkInGraph net = network.build(tf, "net", 0, Set.of());
    Operand<TFloat32> input = normalization.applyToImages(tf, List.of(images)).get(0);
    Applied applied = net.apply(input, Mode.INFERENCE);
    return new InspectedNetwork(net, images, applied.output(), applied.nodes());
  }

  /**
   * Returns the layers with an output of their own. Leaves out those that return their input, like
   * dropout, or the output of their last inner layer.
   */
  List<AppliedNode> distinct() {
    Set<String> seen = new HashSet<>();
    List<AppliedNode> distinct = new ArrayList<>();
    for (AppliedNode node : nodes) {
      node.inputs().forEach(input -> seen.add(key(input)));
      if (seen.add(key(node.output()))) {
        distinct.add(node);
      }
    }
    return distinct;
  }

  private static String key(Operand<TFloat32> operand) {
    return operand.op().name() + ":" + operand.asOutput().index();
  }

  /**
   * Returns the layer whose feature maps locate objects best: the last convolution, or the last of
   * the layers that directly follow it (batch norm, an activation, the sum of a shortcut) without
   * changing the size. Without a convolution, it is the last layer with feature maps.
   */
  Optional<AppliedNode> lastMaps() {
    Set<String> before = Derivatives.ancestors(logits);
    List<AppliedNode> all =
        distinct().stream().filter(node -> before.contains(node.output().op().name())).toList();
    int chosen = -1;
    boolean found = false;
    for (int i = 0; i < all.size(); i++) {
      AppliedNode node = all.get(i);
      if (!givesMaps(node)) {
        continue;
      }
      boolean follows = found && chosen == i - 1 && isAsLarge(node, all.get(chosen));
      if (convolves(node) || !found || follows) {
        found |= convolves(node);
        chosen = i;
      }
    }
    return chosen < 0 ? Optional.empty() : Optional.of(all.get(chosen));
  }

  /** Whether its output is {@code [height, width, channels]} with more than one pixel. */
  private static boolean givesMaps(AppliedNode node) {
    Shape shape = node.outputShape();
    return shape.numDimensions() == 3 && shape.get(0) * shape.get(1) > 1;
  }

  /**
   * Whether it is a convolution: it has a kernel of four dimensions itself, not in an inner layer.
   */
  private static boolean convolves(AppliedNode node) {
    return node.computation() instanceof Layer layer
        && layer.parameters(node.inputShapes().get(0)).stream()
            .anyMatch(p -> p.shape().numDimensions() == 4 && !p.name().contains("/"));
  }

  private static boolean isAsLarge(AppliedNode node, AppliedNode other) {
    return node.outputShape().take(2).equals(other.outputShape().take(2));
  }

  /** Whether the logits depend on the layer's output. */
  boolean leadsToLogits(AppliedNode node) {
    return Derivatives.ancestors(logits).contains(node.output().op().name());
  }

  /**
   * Returns the layer whose input is the embedding: the last dense layer, or the last layer if
   * there is no dense one.
   */
  AppliedNode classifying() {
    AppliedNode chosen = nodes.get(nodes.size() - 1);
    for (AppliedNode node : nodes) {
      if (node.computation() instanceof Dense) {
        chosen = node;
      }
    }
    return chosen;
  }

  /**
   * Returns the layer with the given name.
   *
   * @throws IllegalArgumentException if there is none
   */
  AppliedNode named(String layer) {
    return nodes.stream()
        .filter(node -> node.path().equals(layer))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no layer is named %s: the layers are %s"
                        .formatted(
                            layer,
                            nodes.stream()
                                .map(AppliedNode::path)
                                .collect(Collectors.joining(", ")))));
  }
}
