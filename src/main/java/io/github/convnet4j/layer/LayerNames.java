package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of a sequence's layers. Layers without a given name are named after their kind, with a
 * number from the second of a kind on, as in Keras: conv2d, conv2d_1, conv2d_2. A derived name
 * never equals a given one.
 */
final class LayerNames {
  private LayerNames() {}

  /** Returns one name for each layer; rejects two layers with the same given name. */
  static List<String> of(List<Layer> layers) {
    Map<String, Integer> given = new HashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      String name = layers.get(i).name();
      Check.name(name, layers.get(i).kind());
      Integer first = name.isEmpty() ? null : given.putIfAbsent(name, i);
      if (first != null) {
        throw new IllegalArgumentException(
            "%s: layer %d (%s) has the same name: give each layer its own"
                .formatted(describe(i, layers.get(i)), first + 1, layers.get(first).kind()));
      }
    }
    Map<String, Integer> derived = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (Layer layer : layers) {
      String name = layer.name();
      while (name.isEmpty() || (layer.name().isEmpty() && given.containsKey(name))) {
        int number = derived.merge(layer.kind(), 1, Integer::sum) - 1;
        name = number == 0 ? layer.kind() : layer.kind() + "_" + number;
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  /** Describes a layer for messages: {@code layer 3, conv2d "conv1"}. */
  static String describe(int index, Layer layer) {
    String named = layer.name().isEmpty() ? "" : " \"" + layer.name() + "\"";
    return "layer " + (index + 1) + ", " + layer.kind() + named;
  }
}
