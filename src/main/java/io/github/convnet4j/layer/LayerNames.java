package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of a sequence's layers: the given ones, and for the others the kind, with a number from
 * the second of that kind on, as Keras does: conv2d, conv2d_1, conv2d_2. A given name is never
 * derived for another layer.
 */
final class LayerNames {
  private LayerNames() {}

  /** One name for each layer; two layers given the same name are refused. */
  static List<String> of(List<Layer> layers) {
    Map<String, Integer> given = new HashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      String name = layers.get(i).name();
      Check.name(name, layers.get(i).kind());
      Integer first = name.isEmpty() ? null : given.putIfAbsent(name, i);
      if (first != null) {
        throw new IllegalArgumentException(
            "%s: layer %d (%s) has this name too: give each its own"
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

  /** For messages: {@code layer 3, conv2d "conv1"}. */
  static String describe(int index, Layer layer) {
    String named = layer.name().isEmpty() ? "" : " \"" + layer.name() + "\"";
    return "layer " + (index + 1) + ", " + layer.kind() + named;
  }
}
