package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of the layers and merges in a network or in a composite layer. Those without a given
 * name are named after their kind, with a number from the second of a kind on, as in Keras: conv2d,
 * conv2d_1, conv2d_2. A derived name never equals a given one. Later uses of a shared layer are
 * numbered in the same way.
 */
final class LayerNames {
  private LayerNames() {}

  /** Returns one name for each layer; rejects two layers with the same given name. */
  static List<String> of(List<? extends Computation> layers) {
    return of(layers, layers.stream().map(Computation::name).toList(), Set.of());
  }

  /**
   * Returns one name for each node.
   *
   * @param inputs the names of the network's inputs, which no layer may have
   */
  static List<String> ofNodes(List<ComputedNode> nodes, Set<String> inputs) {
    return of(
        nodes.stream().map(ComputedNode::computation).toList(),
        nodes.stream().map(ComputedNode::givenName).toList(),
        inputs);
  }

  private static List<String> of(
      List<? extends Computation> layers, List<String> givenNames, Set<String> inputs) {
    Map<String, Integer> given = new HashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      if (!(layers.get(i) instanceof Shared)) {
        Check.name(layers.get(i).name(), layers.get(i).kind());
      }
      String name = givenNames.get(i);
      if (inputs.contains(name)) {
        throw new IllegalArgumentException(
            "%s: an input has the same name: give each its own"
                .formatted(describe(i, layers.get(i))));
      }
      Integer first = name.isEmpty() ? null : given.putIfAbsent(name, i);
      if (first != null) {
        checkRepeated(layers, first, i);
      }
    }
    Set<String> used = new HashSet<>(inputs);
    Map<String, Integer> derived = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Computation layer = layers.get(i);
      String name = givenNames.get(i);
      if (name.isEmpty() || given.get(name) != i) {
        String base = name.isEmpty() ? layer.kind() : name;
        do {
          int number = derived.merge(base, 1, Integer::sum) - 1;
          name = number == 0 ? base : base + "_" + number;
        } while (given.containsKey(name) || used.contains(name));
      }
      used.add(name);
      names.add(name);
    }
    return List.copyOf(names);
  }

  private static void checkRepeated(List<? extends Computation> layers, int first, int second) {
    if (layers.get(first) instanceof Shared a && layers.get(second) instanceof Shared b) {
      checkSame(a, b);
      return;
    }
    throw new IllegalArgumentException(
        "%s: layer %d (%s) has the same name: give each layer its own"
            .formatted(describe(second, layers.get(second)), first + 1, layers.get(first).kind()));
  }

  /** Checks that two shared layers with the same name are equal. */
  static void checkSame(Shared first, Shared second) {
    if (!first.equals(second)) {
      throw new IllegalArgumentException(
          "shared \"%s\": two uses of the name have different layers: give each its own name, or use one layer for both"
              .formatted(first.name()));
    }
  }

  /** Describes a layer for messages: {@code layer 3, conv2d "conv1"}. */
  static String describe(int index, Computation layer) {
    return "layer " + (index + 1) + ", " + describe(layer);
  }

  /** Describes a layer or merge for messages: {@code conv2d "conv1"}. */
  static String describe(Computation layer) {
    return layer.kind() + (layer.name().isEmpty() ? "" : " \"" + layer.name() + "\"");
  }
}
