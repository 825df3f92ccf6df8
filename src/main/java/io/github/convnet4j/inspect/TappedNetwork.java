package io.github.convnet4j.inspect;

import io.github.convnet4j.classifier.Normalization;
import io.github.convnet4j.classifier.NormalizationOps;
import io.github.convnet4j.layer.Dense;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.PlacedLayer;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.natives.Derivatives;
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
 * A network in a graph, applied for inference, with what goes in and out of each of its layers.
 *
 * @param net the network
 * @param images {@code [batch, height, width, channels]} from 0 to 1
 * @param logits {@code [batch, classes]}
 * @param taps of all layers at any depth in the order in which they were done, inner ones first
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
    // The seed does not matter: all variables are given the classifier's values. Rewrites would
    // leave out what some of the layers give.
    NetworkInGraph net = tapped.build(tf, "net", 0, Set.of());
    Operand<TFloat32> input = NormalizationOps.apply(tf, images, normalization);
    Operand<TFloat32> logits = net.apply(input, Mode.INFERENCE).output();
    return new TappedNetwork(net, images, logits, taps);
  }

  /**
   * The layers that do something: not those that hand on what they were given, as dropout does, or
   * what their last inner layer gave.
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
   * The layer whose feature maps tell best where something is: the last convolution, or what
   * follows it (batch norm, an activation, a shortcut's sum) without a change of size. Without a
   * convolution it is the last layer that gives maps.
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

  /** Whether the logits are made from what the layer gives. */
  boolean leadsToLogits(Tap tap) {
    return Derivatives.ancestors(logits).contains(tap.output().op().name());
  }

  /** The layer whose input is an image's embedding: the last dense one, or else the last one. */
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
   * The layer of this name.
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
                    "no layer is called %s; there are %s"
                        .formatted(
                            layer,
                            taps.stream().map(Tap::path).collect(Collectors.joining(", ")))));
  }
}
