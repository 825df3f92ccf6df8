package io.github.convnet4j.model;

import io.github.convnet4j.layer.PlacedNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds the layers with weights that a network's outputs are computed by, without others between.
 */
final class OutputLayers {
  private final Map<String, PlacedNode> nodes = new HashMap<>();

  private OutputLayers(Network network) {
    network.nodes().forEach(this::add);
  }

  private void add(PlacedNode node) {
    nodes.put(node.path(), node);
    node.inner().stream().filter(inner -> !inner.path().equals(node.path())).forEach(this::add);
  }

  /** Returns the paths of these layers. */
  static Set<String> of(Network network) {
    return new OutputLayers(network).behind(network.outputNodes().values());
  }

  private Set<String> behind(Iterable<String> outputs) {
    Set<String> found = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    outputs.forEach(open::add);
    while (!open.isEmpty()) {
      String path = open.remove();
      // The network's inputs have no node.
      if (!seen.add(path) || !nodes.containsKey(path)) {
        continue;
      }
      PlacedNode node = nodes.get(path);
      PlacedNode last = node.inner().isEmpty() ? node : node.inner().get(node.inner().size() - 1);
      if (!last.path().equals(path)) {
        open.add(last.path());
      } else if (last.inner().isEmpty() && isProduct(last)) {
        found.add(path);
      } else {
        open.addAll(last.from());
      }
    }
    return found;
  }

  /** A layer of the user's own may not say how many multiply-adds it has. */
  private static boolean isProduct(PlacedNode node) {
    return node.multiplyAdds() > 0
        || (!node.parameters().isEmpty()
            && node.computation().getClass().getPackage() != PlacedNode.class.getPackage());
  }
}
