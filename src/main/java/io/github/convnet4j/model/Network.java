package io.github.convnet4j.model;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.layer.Output;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.layer.Placement;
import io.github.convnet4j.layer.Rewrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

/**
 * The description of a network: its inputs, its layers and how they are connected, and its outputs.
 * Immutable, compared by content and independent of TensorFlow; {@link #build} adds the network to
 * a graph.
 *
 * <pre>{@code
 * Network network =
 *     Network.of(
 *         Shape.of(28, 28, 1),
 *         conv2d(32, 3), relu(), maxPool(2), // [28, 28, 1] -> [14, 14, 32]
 *         flatten(),                         // -> [6272]
 *         dense(10));                        // -> [10]
 * Network.of(Shape.of(28, 28, 1), dense(10));
 *     // IllegalArgumentException: layer 1, dense, input shape [28, 28, 1]: dense takes [n]:
 *     // put flatten() or globalAveragePool() before it
 * }</pre>
 *
 * <p>This is a chain of layers. {@link Node} shows how to describe a network with branches, several
 * inputs or several outputs.
 *
 * <p>Each layer has a name, either a given one or one derived from its kind, with a number from the
 * second of a kind on: {@code conv2d}, {@code conv2d_1}, … The names of variables consist of the
 * layer and the parameter: {@code conv2d_1/kernel}, or {@code residual/conv2d/kernel} for an inner
 * layer. Layers are numbered in the order in which they are applied: those that the first output
 * needs, then what else the second one needs, and so on; for a layer with several inputs, those
 * that the first input needs, then what else the second one needs.
 */
public final class Network {
  private static final String INPUT = "input";
  static final String OUTPUT = "output";

  private final Map<String, Shape> inputs;
  private final List<PlacedNode> nodes;
  private final Map<String, String> outputNodes;
  private final Map<String, PlacedNode> nodesByPath;
  private final Frozen frozen;
  private final SortedSet<String> inference;
  private final List<Parameter> parameters;

  private Network(
      Map<String, Shape> inputs,
      List<PlacedNode> nodes,
      Map<String, String> outputNodes,
      Frozen frozen,
      SortedSet<String> inference) {
    this.inputs = inputs;
    this.nodes = nodes;
    this.outputNodes = outputNodes;
    this.frozen = frozen;
    this.inference = inference;
    this.nodesByPath = nodes.stream().collect(Collectors.toMap(PlacedNode::path, node -> node));
    this.parameters = frozen.parameters();
  }

  /**
   * Describes a chain of layers. The input is called {@code input} and the output {@code output}.
   *
   * @param input shape of one example, {@code [height, width, channels]} or {@code [n]}
   * @param layers from first to last
   * @throws IllegalArgumentException if a layer cannot take its input, or two layers have the same
   *     name
   */
  public static Network of(Shape input, Layer... layers) {
    return of(input, List.of(layers));
  }

  /** Describes a chain of layers, as {@link #of(Shape, Layer...)} does. */
  public static Network of(Shape input, List<? extends Layer> layers) {
    requireNonNull(input, "input");
    Input first = Nodes.input(chainInput(layers), input.asArray());
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must contain at least one layer: []");
    }
    return of(first, first.then(layers));
  }

  /**
   * Returns the name of a chain's input: {@code input}, or another one if a layer has that name or
   * kind.
   */
  private static String chainInput(List<? extends Computation> layers) {
    Set<String> taken =
        layers.stream()
            .map(layer -> layer.name().isEmpty() ? layer.kind() : layer.name())
            .collect(Collectors.toSet());
    String name = INPUT;
    while (taken.contains(name)) {
      name = "network_" + name;
    }
    return name;
  }

  /** Describes a network with one input and one output, which is called {@code output}. */
  public static Network of(Input input, Node output) {
    return of(List.of(input), List.of(output.as(OUTPUT)));
  }

  /**
   * Describes a network with several inputs or outputs. {@link Node} has an example.
   *
   * @param inputs the inputs, in the order in which {@link NetworkInGraph#apply(List,
   *     io.github.convnet4j.layer.Mode)} takes them
   * @param outputs the outputs, which determine the order of the layers
   * @throws IllegalArgumentException if two inputs, layers or outputs have the same name, a node is
   *     listed as two outputs, or an input is not used or not listed
   */
  public static Network of(List<Input> inputs, List<Output> outputs) {
    Placement placement = Placement.of(inputs, outputs);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach(input -> shapes.put(input.name(), input.shape()));
    Map<String, String> nodes = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      nodes.put(outputs.get(i).name(), placement.outputs().get(i));
    }
    return new Network(
        Collections.unmodifiableMap(shapes),
        placement.nodes(),
        Collections.unmodifiableMap(nodes),
        Frozen.none(placement.parameters()),
        Collections.emptySortedSet());
  }

  /**
   * Returns a copy in which these layers are frozen: their variables are not trained. A frozen
   * batch normalization uses its moving statistics and does not update them.
   *
   * @param names the paths of layers, such as {@code "conv2d"} or {@code "residual/conv2d"}, or of
   *     variables; {@code *} stands for any characters, so {@code "conv2d*"} is all convolutions
   *     with derived names that are not within other layers
   * @throws IllegalArgumentException if a name matches no layer with variables
   */
  public Network freeze(String... names) {
    return new Network(inputs, nodes, outputNodes, frozen.freeze(List.of(names)), inference);
  }

  /**
   * Returns a copy in which these layers are not frozen.
   *
   * @param names as for {@link #freeze}
   * @throws IllegalArgumentException if a name matches no layer with variables
   */
  public Network unfreeze(String... names) {
    return new Network(inputs, nodes, outputNodes, frozen.unfreeze(List.of(names)), inference);
  }

  /**
   * Returns a copy in which this layer and all layers that it is computed from are frozen, as by
   * {@link #freeze}: the layers of {@link #upTo}. Other layers stay as they are.
   *
   * @param layer the path of a layer or merge, such as {@code "block_12_add"}
   * @throws IllegalArgumentException if there is none with this path, or none of the layers has
   *     variables
   */
  public Network freezeUpTo(String layer) {
    String[] paths =
        NetworkParts.upTo(this, layer).nodes().stream()
            .filter(node -> !node.parameters().isEmpty())
            .map(PlacedNode::weightsPath)
            .toArray(String[]::new);
    if (paths.length == 0) {
      throw new IllegalArgumentException(
          "freezeUpTo: layer must be one with variables, or come after one: " + layer);
    }
    return freeze(paths);
  }

  /**
   * Returns a copy in which all layers compute the same in training as in inference, as in Keras
   * those of a model that is called with {@code training=False}: batch normalization uses its
   * moving statistics and does not change them, and dropout does nothing. Weights are trained
   * unless they are frozen. Layers that are added with {@link #then} are not affected.
   *
   * <p>This is how a pretrained network is fine-tuned on few images: the statistics of a small
   * batch would destroy what it has learned.
   */
  public Network inferenceMode() {
    return inferenceMode(nodesByPath.keySet());
  }

  /**
   * Returns a copy in which these layers compute the same in training as in inference.
   *
   * @throws IllegalArgumentException if there is no layer or merge with such a path
   */
  Network inferenceMode(Collection<String> paths) {
    for (String path : paths) {
      if (!nodesByPath.containsKey(path)) {
        throw new IllegalArgumentException(
            "inferenceMode must be paths of layers of the network: " + path);
      }
    }
    return new Network(
        inputs,
        nodes,
        outputNodes,
        frozen,
        Collections.unmodifiableSortedSet(new TreeSet<>(paths)));
  }

  /** Returns whether the layer at this path computes the same in training as in inference. */
  boolean isInInferenceMode(String path) {
    for (String part = path; !part.isEmpty(); part = PathPattern.parent(part)) {
      if (inference.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the part of the network that ends with a layer, for example to put another head on a
   * pretrained network:
   *
   * <pre>{@code
   * Network pets =
   *     imagenet.upTo("global_average_pooling2d").then(dropout(0.2), dense(37).name("head"));
   * imagenet.upTo("global_average_poling2d");
   *     // IllegalArgumentException: layer must be one of the network: global_average_poling2d (…)
   * }</pre>
   *
   * <p>It contains the layer, all layers that it is computed from, and the inputs that they need.
   * All of them keep their names, so weights can be loaded by name, and layers that are frozen or
   * in {@linkplain #inferenceMode inference mode} stay so. The only output is called {@code
   * output}.
   *
   * @param layer the path of a layer or merge, such as {@code "mobilenetv2/out_relu"}, but not of
   *     one within a composite layer
   * @throws IllegalArgumentException if there is none with this path; the message has similar ones
   */
  public Network upTo(String layer) {
    return NetworkParts.upTo(this, layer);
  }

  /**
   * Returns the part of the network that comes after a layer. Its input, called {@code features},
   * is the output of this layer, and its outputs are those of the network. All layers keep their
   * names, so the weights of {@code network.after(layer)} fit into the network.
   *
   * @param layer as for {@link #upTo}
   * @throws IllegalArgumentException if there is none with this path, no layer comes after it, or
   *     an output depends on an input in another way than through this layer
   */
  public Network after(String layer) {
    return NetworkParts.after(this, layer);
  }

  /**
   * Returns a network that applies these layers to the output of this one. The layers of this
   * network keep their names; names that are derived for the new ones differ from them.
   *
   * @throws IllegalArgumentException if a layer cannot take its input or has the name of another
   *     one, or if this network has several outputs; use {@link #upTo} first
   */
  public Network then(Layer... layers) {
    return then(List.of(layers));
  }

  /** Adds layers, as {@link #then(Layer...)} does. */
  public Network then(List<? extends Layer> layers) {
    return NetworkParts.then(this, layers);
  }

  /** Returns whether the layer or variable at this path is, or is part of, a frozen layer. */
  public boolean isFrozen(String path) {
    return frozen.contains(path);
  }

  /**
   * Prepares the network for a graph. Its variables, named {@code scope/layer/parameter}, are
   * created when it is first applied.
   *
   * @param tf operations of a graph
   * @param scope name scope; TensorFlow adds a number if it is taken
   * @param seed seed of everything random in the network: initial weights and dropout
   */
  public NetworkInGraph build(Ops tf, String scope, long seed) {
    return build(tf, scope, seed, Rewrite.all());
  }

  /**
   * Prepares the network for a graph with these rewrites only; without any, the graph follows the
   * description layer by layer.
   *
   * @see #build(Ops, String, long)
   */
  public NetworkInGraph build(Ops tf, String scope, long seed, Set<Rewrite> rewrites) {
    return build(tf, scope, seed, rewrites, Set.of());
  }

  /**
   * Prepares the network for a graph that computes convolutions and products in bfloat16 in some
   * modes. Weights, the values between layers, and the layers that compute the outputs are float32
   * in any case.
   *
   * @param mixedPrecision the modes
   * @see #build(Ops, String, long, Set)
   */
  public NetworkInGraph build(
      Ops tf, String scope, long seed, Set<Rewrite> rewrites, Set<Mode> mixedPrecision) {
    return new NetworkInGraph(this, tf, scope, seed, rewrites, mixedPrecision);
  }

  /** Returns the shapes of the inputs, of one example, by name. */
  public Map<String, Shape> inputs() {
    return inputs;
  }

  /** Returns the shapes of the outputs, of one example, by name. */
  public Map<String, Shape> outputs() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    outputNodes.forEach((name, path) -> shapes.put(name, nodesByPath.get(path).output()));
    return Collections.unmodifiableMap(shapes);
  }

  /**
   * Returns the input shape of one example.
   *
   * @throws IllegalStateException if the network has several inputs
   */
  public Shape input() {
    return only("input", inputs);
  }

  /**
   * Returns the output shape of one example.
   *
   * @throws IllegalStateException if the network has several outputs
   */
  public Shape output() {
    return only("output", outputs());
  }

  private static Shape only(String what, Map<String, Shape> shapes) {
    if (shapes.size() != 1) {
      throw new IllegalStateException(
          "the network must have one %s for this, but it has several: %s"
              .formatted(what, shapes.keySet()));
    }
    return shapes.values().iterator().next();
  }

  /**
   * Returns the layers and merges in the order in which they are applied. Those within composite
   * layers are in {@link PlacedNode#inner}.
   */
  public List<PlacedNode> nodes() {
    return nodes;
  }

  /**
   * Returns the layer or merge with a path.
   *
   * @param path such as {@code "mobilenetv2/out_relu"}, but not of one within a composite layer
   * @throws IllegalArgumentException if there is none; the message has similar paths
   */
  public PlacedNode node(String path) {
    PlacedNode node = nodesByPath.get(path);
    if (node == null) {
      throw NetworkParts.missing(this, path);
    }
    return node;
  }

  /**
   * Returns the layer or merge that computes an output.
   *
   * @throws IllegalArgumentException if there is no output of that name
   */
  public PlacedNode outputNode(String output) {
    String path = outputNodes.get(output);
    if (path == null) {
      throw new IllegalArgumentException(
          "output must be one of the outputs %s: %s".formatted(outputNodes.keySet(), output));
    }
    return nodesByPath.get(path);
  }

  /** Returns the paths of the nodes that compute the outputs, by the outputs' names. */
  Map<String, String> outputNodes() {
    return outputNodes;
  }

  /** Whether each layer takes the output of the one before it, and the last one is the output. */
  boolean isChain() {
    if (inputs.size() > 1 || outputNodes.size() > 1) {
      return false;
    }
    String before = inputs.keySet().iterator().next();
    for (PlacedNode node : nodes) {
      if (!node.from().equals(List.of(before)) || !(node.computation() instanceof Layer)) {
        return false;
      }
      before = node.path();
    }
    return outputNodes.containsValue(before);
  }

  /** Whether this is what {@link #of(Shape, List)} describes: a chain without names of its own. */
  boolean isPlainChain() {
    return isChain()
        && nodes.stream().allMatch(node -> node.name().isEmpty())
        && outputNodes.containsKey(OUTPUT)
        && inputs.containsKey(chainInput(nodes.stream().map(PlacedNode::computation).toList()));
  }

  /**
   * Returns the paths of the frozen layers, sorted; where part of a layer was unfrozen, also names
   * of variables.
   */
  public Set<String> frozenLayers() {
    return frozen.names();
  }

  /**
   * Returns the paths, sorted, of the layers and merges that compute the same in training as in
   * inference; see {@link #inferenceMode}.
   */
  public Set<String> layersInInferenceMode() {
    return inference;
  }

  /**
   * Returns the descriptions of all variables, in the order of the layers, named {@code
   * layer/parameter}.
   */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Returns the number of values in all variables. */
  public long parameterCount() {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  /** Returns the number of values in the trainable variables. */
  public long trainableParameterCount() {
    return parameters.stream().filter(Parameter::trainable).mapToLong(Parameter::size).sum();
  }

  /**
   * Returns the number of multiply-add operations for one example, in convolutions and dense
   * layers.
   */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(PlacedNode::multiplyAdds).reduce(0, Math::addExact);
  }

  /**
   * Returns the network as a table of layers, output shapes, parameters and multiply-adds, with
   * totals. Lines end in {@code }.
   */
  public String summary() {
    return Summary.of(this);
  }

  /**
   * Returns the network as JSON, if it has built-in layers only; {@link NetworkJson} supports
   * custom ones, too.
   */
  public String toJson() {
    return NetworkJson.standard().write(this);
  }

  /** Returns the network that {@link #toJson} wrote; see {@link NetworkJson#read} for errors. */
  public static Network fromJson(String json) {
    return NetworkJson.standard().read(json);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && inputs.equals(that.inputs)
        && List.copyOf(inputs.keySet()).equals(List.copyOf(that.inputs.keySet()))
        && nodes.equals(that.nodes)
        && outputNodes.equals(that.outputNodes)
        && List.copyOf(outputNodes.keySet()).equals(List.copyOf(that.outputNodes.keySet()))
        && frozenLayers().equals(that.frozenLayers())
        && inference.equals(that.inference);
  }

  @Override
  public int hashCode() {
    return Objects.hash(inputs, nodes, outputNodes, frozenLayers(), inference);
  }

  /** Returns the names and shapes of a chain's layers, or of inputs and outputs, in one line. */
  @Override
  public String toString() {
    List<String> steps = new ArrayList<>();
    if (isPlainChain()) {
      steps.add("Network " + input());
      nodes.forEach(node -> steps.add(node.path() + " " + node.output()));
    } else {
      steps.add("Network " + described(inputs));
      steps.add(nodes.size() == 1 ? "1 layer" : nodes.size() + " layers");
      steps.add(described(outputs()));
    }
    Set<String> names = frozenLayers();
    return String.join(" -> ", steps)
        + (names.isEmpty() ? "" : ", frozen " + names)
        + (inference.isEmpty() ? "" : ", %d in inference mode".formatted(inference.size()));
  }

  private static String described(Map<String, Shape> shapes) {
    return shapes.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
