package io.github.convnet4j.inspect;

import io.github.convnet4j.layer.Dense;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.PlacedLayer;
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
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A network in a graph, applied for inference, with the inputs and outputs of all its layers.
 *
 * @param net the network
 * @param images {@code [batch, height, width, channels]} from 0 to 1
 * @param logits {@code [batch, classes]}
 * @param taps all layers at any depth, in the order in which they were applied, inner ones first
 */
record TappedNetwork(
    NetworkInGraph net, Placeholder<TFloat32> images, Operand<TFloat32> logits, List<Tap> taps) {
  TappedNetwork {
    taps = List.copyOf(taps);
  }

  static TappedNetwork build(
      Ops tf, Network network, Normalization normalization, Placeholder<TFloat32> images) {
    List<Tap> taps = new ArrayList<>();
    List<Layer> layers = new ArrayList<>();
    for (PlacedLayer placed : network.placedLayers()) {
      layers.add(new TappedLayer(placed.name(), placed.layer(), taps::add));
    }
    Network tapped =
        Network.of(network.input(), layers).freeze(network.frozenLayers().toArray(String[]::new));
    // The seed does not matter, because all variables get the model's values. Rewrites would
    // remove the outputs of some layers.
    NetworkInGraph net = tapped.build(tf, "net", 0, Set.of());
    Operand<TFloat32> input = normalization.apply(tf, images);
    Operand<TFloat32> logits = net.apply(input, Mode.INFERENCE).output();
    return new TappedNetwork(net, images, logits, taps);
  }

  /**
   * Returns the layers with an output of their own. Leaves out those that return their input, like
   * dropout, or the output of their last inner layer.
   */
  List<Tap> distinct() {
    Set<String> seen = new HashSet<>();
    List<Tap> distinct = new ArrayList<>();
    for (Tap tap : taps) {
      seen.add(key(tap.input()));
      if (seen.add(key(tap.output()))) {
        distinct.add(tap);
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
  Optional<Tap> lastMaps() {
    Set<String> before = Derivatives.ancestors(logits);
    List<Tap> all =
        distinct().stream().filter(tap -> before.contains(tap.output().op().name())).toList();
    int chosen = -1;
    boolean found = false;
    for (int i = 0; i < all.size(); i++) {
      Tap tap = all.get(i);
      if (!tap.givesMaps()) {
        continue;
      }
      boolean follows = found && chosen == i - 1 && tap.isAsLargeAs(all.get(chosen));
      if (tap.convolves() || !found || follows) {
        found |= tap.convolves();
        chosen = i;
      }
    }
    return chosen < 0 ? Optional.empty() : Optional.of(all.get(chosen));
  }

  /** Whether the logits depend on the layer's output. */
  boolean leadsToLogits(Tap tap) {
    return Derivatives.ancestors(logits).contains(tap.output().op().name());
  }

  /**
   * Returns the layer whose input is the embedding: the last dense layer, or the last layer if
   * there is no dense one.
   */
  Tap classifying() {
    Tap chosen = taps.get(taps.size() - 1);
    for (Tap tap : taps) {
      if (tap.layer() instanceof Dense) {
        chosen = tap;
      }
    }
    return chosen;
  }

  /**
   * Returns the layer with the given name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Tap named(String layer) {
    return taps.stream()
        .filter(tap -> tap.path().equals(layer))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no layer is named %s: the layers are %s"
                        .formatted(
                            layer,
                            taps.stream().map(Tap::path).collect(Collectors.joining(", ")))));
  }
}
