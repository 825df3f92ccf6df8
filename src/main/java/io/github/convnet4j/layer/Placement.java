package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/**
 * The layers and merges between inputs and outputs, with their names.
 *
 * @param nodes in the order in which they are applied: what the first output needs, then what else
 *     the second one needs, and so on. Composite layers contain their inner ones
 * @param outputs the path of each output's node, in the order of the outputs
 */
public record Placement(List<PlacedNode> nodes, List<String> outputs) {
  /** Keeps copies of the lists. */
  public Placement {
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }

  /**
   * Places the nodes of a network.
   *
   * @throws IllegalArgumentException if two inputs, outputs or layers have the same name, or an
   *     input is not used or not listed
   */
  public static Placement of(List<Input> inputs, List<Output> outputs) {
    checkNames(inputs, outputs);
    NodeOrder order = NodeOrder.of(outputs.stream().map(Output::node).toList());
    checkUsed(inputs, order.inputs());
    Placer placer = new Placer("");
    inputs.forEach(input -> placer.names.put(input, input.name()));
    Set<String> taken = new HashSet<>();
    inputs.forEach(input -> taken.add(input.name()));
    List<PlacedNode> nodes = placer.place(order.computed(), "", "", taken);
    checkGroups(nodes);
    placer.checkSharedNames(nodes);
    return new Placement(
        nodes, outputs.stream().map(output -> placer.names.get(output.node())).toList());
  }

  /**
   * Places the nodes within a composite layer; its input has the name {@code ""}.
   *
   * @param path path of the layer
   * @param weightsPath path of its variables
   */
  public static Placement of(CompositeLayer layer, Shape input, String path, String weightsPath) {
    Expansion expansion = Expansion.of(layer, input, 1);
    Placer placer = new Placer(weightsPath);
    placer.names.put(expansion.input(), "");
    List<PlacedNode> nodes = placer.placeInner(expansion, path, weightsPath);
    placer.checkSharedNames(nodes);
    return new Placement(nodes, List.of(placer.names.get(expansion.output())));
  }

  /** Returns the variables of all nodes, each once. */
  public List<Parameter> parameters() {
    return parameters(nodes);
  }

  private static List<Parameter> parameters(List<PlacedNode> nodes) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (PlacedNode node : nodes) {
      node.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
    }
    return List.copyOf(parameters.values());
  }

  /** A group of nodes must not have the name of a layer, whose inner layers it would seem to be. */
  private static void checkGroups(List<PlacedNode> nodes) {
    Set<String> paths = new HashSet<>();
    nodes.forEach(node -> paths.add(node.path()));
    for (PlacedNode node : nodes) {
      for (int end = node.path().indexOf('/'); end >= 0; end = node.path().indexOf('/', end + 1)) {
        String group = node.path().substring(0, end);
        if (paths.contains(group)) {
          throw new IllegalArgumentException(
              "%s: a layer has the name of its group, %s: give each its own"
                  .formatted(node.path(), group));
        }
      }
    }
  }

  private static void checkNames(List<Input> inputs, List<Output> outputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("inputs must contain at least one input: []");
    }
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("outputs must contain at least one output: []");
    }
    Set<String> inputNames = new HashSet<>();
    for (Input input : inputs) {
      if (!inputNames.add(input.name())) {
        throw new IllegalArgumentException(
            "inputs: two are called %s: give each its own name, and list it once"
                .formatted(input.name()));
      }
    }
    Set<String> outputNames = new HashSet<>();
    Map<Node, String> nodes = new HashMap<>();
    for (Output output : outputs) {
      if (!outputNames.add(output.name())) {
        throw new IllegalArgumentException(
            "outputs: two are called %s: give each its own name, and list it once"
                .formatted(output.name()));
      }
      String other = nodes.putIfAbsent(output.node(), output.name());
      if (other != null) {
        throw new IllegalArgumentException(
            "outputs: %s and %s are the same node: list it once".formatted(other, output.name()));
      }
      if (output.node() instanceof Input input) {
        throw new IllegalArgumentException(
            "outputs: %s is the input %s itself: put a layer between them"
                .formatted(output.name(), input.name()));
      }
    }
  }

  private static void checkUsed(List<Input> inputs, List<Input> needed) {
    Set<Input> listed = new HashSet<>(inputs);
    Set<Input> used = new HashSet<>(needed);
    for (Input input : needed) {
      if (!listed.contains(input)) {
        boolean another = listed.stream().anyMatch(i -> i.name().equals(input.name()));
        throw new IllegalArgumentException(
            another
                ? "inputs: the outputs need another input called %s than the one that is listed: create it once, and use it everywhere"
                    .formatted(input.name())
                : "inputs: the outputs need %s, which is not listed: add it to the inputs"
                    .formatted(input.name()));
      }
    }
    for (Input input : inputs) {
      if (!used.contains(input)) {
        throw new IllegalArgumentException(
            "inputs: no output needs %s: connect it to an output, or leave it out"
                .formatted(input.name()));
      }
    }
  }

  /** Names nodes, and compares the layers that share variables. */
  private static final class Placer {
    /** The path below which shared layers have their variables. */
    private final String root;

    private final Map<Node, String> names = new HashMap<>();
    private final Map<String, PlacedNode> shared = new HashMap<>();

    Placer(String root) {
      this.root = root;
    }

    /** Places the nodes of a composite layer, whose input has a name already. */
    List<PlacedNode> placeInner(Expansion expansion, String path, String weightsPath) {
      List<ComputedNode> order = expansion.order();
      ComputedNode last = order.isEmpty() ? null : order.get(order.size() - 1);
      if (last == null || !(last.computation() instanceof Merge) || !last.givenName().isEmpty()) {
        return place(order, path, weightsPath, Set.of());
      }
      List<PlacedNode> placed =
          new ArrayList<>(place(order.subList(0, order.size() - 1), path, weightsPath, Set.of()));
      placed.add(place(last, path, weightsPath));
      return placed;
    }

    /** Places nodes in a layer with this path, or in the network, with names derived for them. */
    List<PlacedNode> place(
        List<ComputedNode> nodes, String path, String weightsPath, Set<String> taken) {
      List<String> local = LayerNames.ofNodes(nodes, taken);
      List<PlacedNode> placed = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        ComputedNode node = nodes.get(i);
        String weights =
            node.computation() instanceof Shared layer
                ? within(root, layer.name())
                : within(weightsPath, local.get(i));
        placed.add(place(node, within(path, local.get(i)), weights));
      }
      return placed;
    }

    private PlacedNode place(ComputedNode node, String path, String weightsPath) {
      List<String> from = node.inputs().stream().map(names::get).toList();
      names.put(node, path);
      List<PlacedNode> inner =
          node.expansion()
              .map(
                  expansion -> {
                    names.put(expansion.input(), from.get(0));
                    return placeInner(expansion, path, weightsPath);
                  })
              .orElse(List.of());
      List<Parameter> parameters =
          node.expansion().isPresent()
              ? parameters(inner)
              : node.parameters().stream().map(p -> p.within(weightsPath)).toList();
      PlacedNode placed =
          new PlacedNode(
              path,
              node.ownName(),
              weightsPath,
              node.computation(),
              from,
              node.inputs().stream().map(Node::shape).toList(),
              node.shape(),
              parameters,
              node.multiplyAdds(),
              inner);
      if (node.computation() instanceof Shared) {
        checkShared(placed);
      }
      return placed;
    }

    private void checkShared(PlacedNode placed) {
      String name = placed.computation().name();
      PlacedNode first = shared.putIfAbsent(name, placed);
      if (first == null) {
        return;
      }
      LayerNames.checkSame((Shared) first.computation(), (Shared) placed.computation());
      if (!first.parameters().equals(placed.parameters())) {
        throw new IllegalArgumentException(
            "shared \"%s\": its variables have different shapes for the input shapes %s and %s: use inputs of one shape, or layers whose variables do not depend on it"
                .formatted(name, first.inputs().get(0), placed.inputs().get(0)));
      }
    }

    /** The variables of a shared layer must not get the names of another layer's. */
    void checkSharedNames(List<PlacedNode> nodes) {
      Map<String, String> sharedPaths = new HashMap<>();
      shared.keySet().forEach(name -> sharedPaths.put(within(root, name), name));
      for (PlacedNode node : nodes) {
        String name = sharedPaths.get(node.weightsPath());
        if (name != null && !(node.computation() instanceof Shared)) {
          throw new IllegalArgumentException(
              "shared \"%s\": another layer has the same name (%s): give each its own"
                  .formatted(name, LayerNames.describe(node.computation())));
        }
      }
    }

    private static String within(String path, String name) {
      return path.isEmpty() ? name : path + "/" + name;
    }
  }
}
