package io.github.convnet4j.model;

import io.github.convnet4j.check.NearestName;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.layer.Output;
import io.github.convnet4j.layer.PlacedNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/** Makes networks of the layers of another one. The layers keep their names. */
final class NetworkParts {
  private static final String FEATURES = "features";
  private static final int MOST_LISTED = 5;

  private final Network network;
  private final Map<String, Shape> inputs;
  private final List<PlacedNode> kept;

  /**
   * @param inputs the shapes of the inputs, by name
   * @param kept the layers and merges, each after those that it is computed from
   */
  private NetworkParts(Network network, Map<String, Shape> inputs, List<PlacedNode> kept) {
    this.network = network;
    this.inputs = inputs;
    this.kept = kept;
  }

  /** See {@link Network#upTo}. */
  static Network upTo(Network network, String layer) {
    String last = network.node(layer).path();
    Set<String> needed = needed(network, List.of(last), Set.of());
    Map<String, Shape> inputs = new LinkedHashMap<>(network.inputs());
    inputs.keySet().retainAll(needed);
    return new NetworkParts(network, inputs, within(network, needed))
        .build(nodes -> List.of(nodes.get(last).as(Network.OUTPUT)));
  }

  /** See {@link Network#after}. */
  static Network after(Network network, String layer) {
    PlacedNode first = network.node(layer);
    if (network.outputNodes().containsValue(first.path())) {
      throw new IllegalArgumentException(
          "after: layer must not be an output of the network, which nothing comes after: " + layer);
    }
    Set<String> needed = needed(network, network.outputNodes().values(), Set.of(first.path()));
    List<String> around = network.inputs().keySet().stream().filter(needed::contains).toList();
    if (!around.isEmpty()) {
      throw new IllegalArgumentException(
          "after: the outputs must depend on the inputs only through layer: they also depend on %s in another way than through %s"
              .formatted(String.join(", ", around), layer));
    }
    needed.remove(first.path());
    String input = FEATURES;
    while (needed.contains(input)) {
      input = "network_" + input;
    }
    String name = input;
    List<PlacedNode> kept =
        within(network, needed).stream().map(node -> node.withInput(first.path(), name)).toList();
    return new NetworkParts(network, Map.of(name, first.output()), kept)
        .build(nodes -> outputs(network, nodes));
  }

  /** See {@link Network#then(List)}. */
  static Network then(Network network, List<? extends Layer> layers) {
    if (network.outputNodes().size() > 1) {
      throw new IllegalArgumentException(
          "then: the network must have one output: it has %s (choose one with upTo)"
              .formatted(network.outputNodes().keySet()));
    }
    return new NetworkParts(network, network.inputs(), network.nodes())
        .build(
            nodes ->
                outputs(network, nodes).stream()
                    .map(output -> output.node().then(layers).as(output.name()))
                    .toList());
  }

  private static List<Output> outputs(Network network, Map<String, Node> nodes) {
    List<Output> outputs = new ArrayList<>();
    network.outputNodes().forEach((name, path) -> outputs.add(nodes.get(path).as(name)));
    return outputs;
  }

  /** Returns the exception for a path that no layer has; it says what was probably meant. */
  static IllegalArgumentException missing(Network network, String path) {
    return new IllegalArgumentException(
        "layer must be one of the network: %s (%s)".formatted(path, advice(network, path)));
  }

  private static String advice(Network network, String path) {
    List<String> paths = network.nodes().stream().map(PlacedNode::path).toList();
    if (network.inputs().containsKey(path)) {
      return "this is an input";
    }
    List<String> group = paths.stream().filter(name -> name.startsWith(path + "/")).toList();
    if (!group.isEmpty()) {
      return "this is a group of %d layers, of which the last is %s"
          .formatted(group.size(), group.get(group.size() - 1));
    }
    for (String part = PathPattern.parent(path); !part.isEmpty(); part = PathPattern.parent(part)) {
      if (paths.contains(part)) {
        return "use the whole layer %s, of which it would be a part".formatted(part);
      }
    }
    List<String> similar = NearestName.some(path, paths, MOST_LISTED);
    return similar.isEmpty()
        ? "the last layers are "
            + String.join(
                ", ", paths.subList(Math.max(0, paths.size() - MOST_LISTED), paths.size()))
        : "similar: " + String.join(", ", similar);
  }

  /**
   * Returns the paths of these nodes, and of all nodes and inputs that they are computed from.
   *
   * @param ends the paths of nodes whose own inputs are not followed
   */
  private static Set<String> needed(Network network, Iterable<String> outputs, Set<String> ends) {
    Map<String, PlacedNode> byPath =
        network.nodes().stream().collect(Collectors.toMap(PlacedNode::path, node -> node));
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    outputs.forEach(open::push);
    while (!open.isEmpty()) {
      String path = open.pop();
      if (needed.add(path) && byPath.containsKey(path) && !ends.contains(path)) {
        byPath.get(path).from().forEach(open::push);
      }
    }
    return needed;
  }

  private static List<PlacedNode> within(Network network, Set<String> paths) {
    return network.nodes().stream().filter(node -> paths.contains(node.path())).toList();
  }

  private Network build(Function<Map<String, Node>, List<Output>> outputs) {
    Network built = connected(outputs, false);
    // Derived names depend on the order of all layers, which may be another one.
    if (!built.nodes().containsAll(kept)) {
      built = connected(outputs, true);
    }
    Set<String> paths = built.nodes().stream().map(PlacedNode::path).collect(Collectors.toSet());
    List<String> variables = built.parameters().stream().map(p -> p.name()).toList();
    Stream<String> frozen =
        network.frozenLayers().stream()
            .filter(
                path ->
                    variables.stream()
                        .anyMatch(name -> name.equals(path) || name.startsWith(path + "/")));
    return built
        .freeze(frozen.toArray(String[]::new))
        .inferenceMode(network.layersInInferenceMode().stream().filter(paths::contains).toList());
  }

  /**
   * Connects the layers.
   *
   * @param named whether each gets its name explicitly
   */
  private Network connected(Function<Map<String, Node>, List<Output>> outputs, boolean named) {
    Map<String, Node> nodes = new HashMap<>();
    List<Input> ends = new ArrayList<>();
    inputs.forEach(
        (name, shape) -> {
          Input input = Nodes.input(name, shape.asArray());
          ends.add(input);
          nodes.put(name, input);
        });
    for (PlacedNode node : kept) {
      List<Node> from = node.from().stream().map(nodes::get).toList();
      Node computed =
          node.computation() instanceof Merge merge
              ? Nodes.merge(merge, from)
              : from.get(0).then((Layer) node.computation());
      String name = named ? node.path() : node.name();
      nodes.put(node.path(), name.isEmpty() ? computed : computed.named(name));
    }
    return Network.of(ends, outputs.apply(nodes));
  }
}
