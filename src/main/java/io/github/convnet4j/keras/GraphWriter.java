package io.github.convnet4j.keras;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.check.NameList;
import io.github.convnet4j.keras.LayerCall.Argument;
import io.github.convnet4j.keras.LayerCall.Tensor;
import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.CompositeLayer;
import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Linear;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.layer.Shared;
import io.github.convnet4j.model.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/**
 * Makes a Functional model of a network. Composite layers become the layers that they consist of,
 * with their paths as names; a shared layer becomes one layer that is applied several times.
 */
final class GraphWriter {
  /** How many layers a message lists. */
  private static final int MOST_LISTED = 30;

  private final Network network;
  private final KerasLayers layers;
  private final Set<String> names = new HashSet<>();
  private final Set<String> groups = new HashSet<>();
  private final Map<String, Tensor> values = new HashMap<>();
  private final Map<Tensor, Integer> uses = new HashMap<>();
  private final Map<Tensor, Shape> shapes = new HashMap<>();
  private final Map<String, Written> written = new LinkedHashMap<>();
  private final List<String> unsupported = new ArrayList<>();

  GraphWriter(Network network, KerasLayers layers) {
    this.network = network;
    this.layers = layers;
  }

  /** A layer that is being written, by its path here, and the calls so far. */
  private record Written(
      String path,
      Optional<KerasCodec> codec,
      Computation computation,
      ObjectNode config,
      List<Parameter> parameters,
      List<LayerCall> calls) {
    LayerEntry entry() {
      String name = JavaName.inKeras(path);
      return new LayerEntry(
          codec.map(KerasCodec::className).orElse(LayerEntry.INPUT),
          name,
          name,
          config,
          List.copyOf(calls),
          Optional.empty(),
          false);
    }
  }

  /** A layer of the network that computes something itself, and its path in the model. */
  private record Leaf(PlacedNode node, String path) {}

  /**
   * Writes the network.
   *
   * @param prepared layers that are applied to inputs first, by the inputs' names
   * @param activations what is applied to outputs last, by the outputs' names
   * @throws IllegalArgumentException if layers are not supported, with all of them
   */
  WrittenModel write(Map<String, Layer> prepared, Map<String, Activation> activations) {
    network.inputs().keySet().forEach(this::take);
    List<Leaf> leaves = leaves();
    network.inputs().forEach((name, shape) -> addInput(name, shape));
    List<Tensor> inputs = network.inputs().keySet().stream().map(name -> values.get(name)).toList();
    prepared.forEach(
        (input, layer) ->
            values.put(
                input,
                add(
                    generated(input + "_" + layer.kind()),
                    layer,
                    List.of(values.get(input)),
                    List.of())));
    Map<String, String> paths = new HashMap<>();
    leaves.forEach(leaf -> paths.put(leaf.node().path(), leaf.path()));
    network.nodes().forEach(node -> addNode(node, paths));
    List<Tensor> outputs = new ArrayList<>();
    for (String output : network.outputs().keySet()) {
      outputs.add(addOutput(output, activations.getOrDefault(output, Layers.linear())));
    }
    if (!unsupported.isEmpty()) {
      throw new IllegalArgumentException(
          "network must consist of layers that Keras has; %d cannot be written: %s; KerasLayers.with(…) adds a layer of your own"
              .formatted(unsupported.size(), NameList.some(unsupported, MOST_LISTED)));
    }
    return model(inputs, outputs);
  }

  private WrittenModel model(List<Tensor> inputs, List<Tensor> outputs) {
    List<LayerEntry> entries =
        KerasOrder.of(written.values().stream().map(Written::entry).toList(), outputs);
    Map<String, KerasCodec> codecs = new HashMap<>();
    Map<String, List<Parameter>> variables = new LinkedHashMap<>();
    written.forEach(
        (path, layer) -> {
          String name = JavaName.inKeras(path);
          layer.codec().ifPresent(codec -> codecs.put(name, codec));
          if (!layer.parameters().isEmpty()) {
            variables.put(name, layer.parameters());
          }
        });
    return new WrittenModel(
        new ModelEntry("Functional", false, entries, inputs, outputs, MissingNode.getInstance()),
        codecs,
        shapes,
        variables);
  }

  private void addInput(String name, Shape shape) {
    ObjectNode config = JsonNodeFactory.instance.objectNode().put("name", name);
    config.put("dtype", "float32").putArray("batch_shape").addNull();
    for (long size : shape.asArray()) {
      config.withArray("batch_shape").add(size);
    }
    Tensor tensor = new Tensor(name, 0, 0);
    written.put(
        name,
        new Written(name, Optional.empty(), Layers.linear(), config, List.of(), new ArrayList<>()));
    values.put(name, tensor);
    shapes.put(tensor, shape);
  }

  /** Returns the layers that compute something themselves, with names for them. */
  private List<Leaf> leaves() {
    List<PlacedNode> nodes = network.nodes().stream().flatMap(PlacedNode::leaves).toList();
    Map<String, String> shared = new HashMap<>();
    network.nodes().forEach(node -> addShared(node, shared));
    Map<PlacedNode, String> wanted = new LinkedHashMap<>();
    for (PlacedNode node : nodes) {
      boolean variables = !node.parameters().isEmpty();
      wanted.put(
          node, variables ? shared.getOrDefault(node.path(), node.weightsPath()) : node.path());
    }
    List<Leaf> leaves = new ArrayList<>();
    Set<String> all = new HashSet<>();
    wanted.values().forEach(path -> addGroups(path, all));
    wanted.forEach(
        (node, path) -> {
          if (!all.contains(path)) {
            take(path);
            leaves.add(new Leaf(node, path));
          }
        });
    // A merge at the end of a composite layer has that layer's path, which is a group in Keras.
    wanted.forEach(
        (node, path) -> {
          if (all.contains(path)) {
            leaves.add(new Leaf(node, generated(path + "/" + node.computation().kind())));
          }
        });
    return leaves;
  }

  /** Notes the only layers in shared ones, which get the names of those. */
  private static void addShared(PlacedNode node, Map<String, String> shared) {
    if (node.computation() instanceof Shared
        && node.inner().size() == 1
        && node.inner().get(0).inner().isEmpty()) {
      shared.put(node.inner().get(0).path(), node.weightsPath());
    }
    node.inner().forEach(inner -> addShared(inner, shared));
  }

  private void take(String path) {
    names.add(path);
    addGroups(path, groups);
  }

  private static void addGroups(String path, Set<String> groups) {
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      groups.add(path.substring(0, end));
    }
  }

  /** Returns a path that is not used yet. */
  private String generated(String wanted) {
    String path = wanted;
    for (int number = 1; !isFree(path); number++) {
      path = wanted + "_" + number;
    }
    take(path);
    return path;
  }

  private boolean isFree(String path) {
    Set<String> own = new HashSet<>();
    addGroups(path, own);
    return !names.contains(path)
        && !groups.contains(path)
        && own.stream().noneMatch(names::contains);
  }

  private void addNode(PlacedNode node, Map<String, String> paths) {
    if (!(node.computation() instanceof CompositeLayer)) {
      List<Tensor> from = node.from().stream().map(values::get).toList();
      values.put(
          node.path(), add(paths.get(node.path()), node.computation(), from, node.parameters()));
      return;
    }
    node.inner().forEach(inner -> addNode(inner, paths));
    String last =
        node.inner().isEmpty()
            ? node.from().get(0)
            : node.inner().get(node.inner().size() - 1).path();
    values.put(node.path(), values.get(last));
  }

  /** Applies a layer, and adds it if it has not been applied yet; returns its output. */
  private Tensor add(
      String path, Computation computation, List<Tensor> from, List<Parameter> parameters) {
    List<Shape> inputs = from.stream().map(shapes::get).toList();
    LayerOptions options = new LayerOptions(JavaName.inKeras(path), inputs);
    Optional<KerasCodec> codec = Optional.empty();
    try {
      codec = Optional.of(layers.codec(computation));
      codec.get().writer().orElseThrow().accept(computation, options);
      freeze(parameters, options);
    } catch (UnsupportedException | IllegalArgumentException e) {
      refuse(path, computation, e.getMessage());
    }
    Written layer = written.get(path);
    if (layer == null) {
      layer =
          new Written(path, codec, computation, options.config(), parameters, new ArrayList<>());
      written.put(path, layer);
    }
    Tensor output = new Tensor(JavaName.inKeras(path), layer.calls().size(), 0);
    layer.calls().add(new LayerCall(List.<Argument>copyOf(from), options.inference()));
    from.forEach(tensor -> uses.merge(tensor, 1, Integer::sum));
    shapes.put(output, outputShape(computation, inputs));
    return options
        .following()
        .map(
            activation ->
                add(
                    generated(path + "_" + activation.kind()),
                    activation,
                    List.of(output),
                    List.of()))
        .orElse(output);
  }

  private void refuse(String path, Computation computation, String reason) {
    String line = "%s \"%s\" (%s)".formatted(computation.getClass().getSimpleName(), path, reason);
    if (!unsupported.contains(line)) {
      unsupported.add(line);
    }
  }

  private static Shape outputShape(Computation computation, List<Shape> inputs) {
    return computation instanceof Layer layer
        ? layer.outputShape(inputs.get(0))
        : ((Merge) computation).outputShape(inputs);
  }

  private void freeze(List<Parameter> parameters, LayerOptions options) {
    long frozen = parameters.stream().filter(p -> network.isFrozen(p.name())).count();
    if (frozen > 0 && frozen < parameters.size()) {
      throw new UnsupportedException("only some of its variables are frozen");
    }
    if (frozen > 0) {
      options.freeze();
    }
  }

  /** Ends an output with an activation, in a layer that has the name of the output. */
  private Tensor addOutput(String output, Activation activation) {
    Tensor tensor = values.get(network.outputNode(output).path());
    String path = JavaName.path(tensor.layer());
    boolean named = path.equals(output);
    if (activation instanceof Linear && named) {
      return tensor;
    }
    if (named && takeActivation(written.get(path), tensor, activation)) {
      return tensor;
    }
    return add(
        generated(named ? output + "_" + activation.kind() : output),
        activation,
        List.of(tensor),
        List.of());
  }

  /** Makes the activation an option of the layer, if it has none yet and nothing else needs it. */
  private boolean takeActivation(Written layer, Tensor tensor, Activation activation) {
    Optional<String> name = KerasActivations.name(activation);
    if (layer.calls().size() > 1
        || uses.containsKey(tensor)
        || name.isEmpty()
        || !FinalActivation.isOption(layer.computation())) {
      return false;
    }
    layer.config().put("activation", name.get());
    return true;
  }
}
