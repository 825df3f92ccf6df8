package io.github.convnet4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.keras.LayerCall.Tensor;
import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.BatchNorm;
import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Dropout;
import io.github.convnet4j.layer.GaussianNoise;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.layer.Output;
import io.github.convnet4j.layer.Shared;
import io.github.convnet4j.layer.SpatialDropout;
import io.github.convnet4j.model.Network;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/**
 * Connects the layers of a configuration. Models within the model become groups of layers, whose
 * names start with the model's: {@code encoder/conv1}.
 */
final class GraphBuilder {
  /** More than any known network has, and few enough to build within seconds. */
  private static final long MOST_NODES = 20_000;

  /**
   * Layers whose argument {@code training} is false by default. Keras 3 writes that default into
   * the file, and trains with them nevertheless.
   */
  private static final Set<String> FALSE_BY_DEFAULT =
      Set.of("Dropout", "SpatialDropout2D", "GaussianNoise");

  private final KerasSource source;
  private final LayerReader reader;
  private final Map<String, Long> uses = new HashMap<>();
  private final Map<Node, Applied> applied = new HashMap<>();
  private final Map<Node, Integer> consumers = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, LayerEntry> trained = new LinkedHashMap<>();
  private final Set<String> frozen = new HashSet<>();
  private final List<Input> inputs = new ArrayList<>();

  GraphBuilder(KerasSource source, StoredWeights weights) {
    this.source = source;
    this.reader = new LayerReader(source, weights);
  }

  /** What a node computes from which nodes. */
  private record Applied(Computation computation, List<Node> inputs, String path) {}

  /** A layer's application in a model that is being connected. */
  private record Call(LayerEntry layer, int index) {}

  /**
   * The networks of a configuration.
   *
   * @param logits without the activations that end it
   * @param complete with them
   * @param outputs what was left out
   * @param trained the layers that have variables, by the paths of their variables in the networks
   * @param notes sentences about what is different from Keras
   */
  record Built(
      Network logits,
      Network complete,
      List<KerasOutput> outputs,
      Map<String, LayerEntry> trained,
      List<String> notes) {}

  /**
   * Builds the networks.
   *
   * @throws DataException if layers are not supported, with all of them, or if the layers do not
   *     fit together
   */
  Built build(ModelEntry model) {
    countUses(model, 1);
    reader.checkAll(model);
    List<Node> outputs = connected(model, List.of(), "", false, true);
    outputs.forEach(this::consume);
    List<String> outputNames = outputNames(model, outputs.size());
    List<Output> logits = new ArrayList<>();
    List<Output> complete = new ArrayList<>();
    List<KerasOutput> described = new ArrayList<>();
    Set<Node> used = new HashSet<>(outputs);
    for (int i = 0; i < outputs.size(); i++) {
      String name = outputNames.get(i);
      Node node = outputs.get(i);
      complete.add(node.as(name));
      Optional<FinalActivation> last = finalActivation(node);
      Node before = last.map(found -> before(node, found)).orElse(node);
      if (before != node && (before instanceof Input || !used.add(before))) {
        before = node;
        last = Optional.empty();
      }
      logits.add(before.as(name));
      Activation activation = last.map(FinalActivation::activation).orElseGet(Layers::linear);
      described.add(new KerasOutput(name, node.shape(), activation));
    }
    return new Built(
        network(logits),
        network(complete),
        List.copyOf(described),
        Collections.unmodifiableMap(trained),
        reader.notes());
  }

  private Network network(List<Output> outputs) {
    try {
      return Network.of(inputs, outputs).freeze(frozen.toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw source.fault(e.getMessage(), e);
    }
  }

  /** Counts how often each layer is applied, before anything takes memory. */
  private long countUses(ModelEntry model, long times) {
    long nodes = 0;
    for (LayerEntry layer : model.layers()) {
      long calls = model.sequential() ? 1 : layer.calls().size();
      long here = times * calls;
      uses.put(layer.place(), here);
      nodes += layer.model().isPresent() ? countUses(layer.model().get(), here) : here;
      if (nodes > MOST_NODES || here > MOST_NODES) {
        throw source.fault(
            "its layers must be applied at most %,d times together".formatted(MOST_NODES));
      }
    }
    return nodes;
  }

  private Optional<FinalActivation> finalActivation(Node output) {
    Applied last = applied.get(output);
    return last == null || consumers.getOrDefault(output, 0) > 1
        ? Optional.empty()
        : FinalActivation.of(last.computation());
  }

  private Node before(Node output, FinalActivation activation) {
    Applied last = applied.get(output);
    return activation
        .before()
        .map(layer -> last.inputs().get(0).then(layer).named(last.path()))
        .orElse(last.inputs().get(0));
  }

  private static List<String> outputNames(ModelEntry model, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String layer =
          model.sequential()
              ? model.layers().get(model.layers().size() - 1).name()
              : model.outputs().get(i).layer();
      String name = JavaName.of(layer);
      for (int number = 1; names.contains(name); number++) {
        name = JavaName.of(layer) + "_" + number;
      }
      names.add(name);
    }
    return names;
  }

  /**
   * Connects the layers of a model.
   *
   * @param given the inputs of a model within another one; none for the outermost model
   * @param group the group of its layers; empty for the outermost model
   * @param inference whether it computes what it does in inference even while it is trained
   * @param trainable whether the models that contain it are trained
   * @return its outputs
   */
  private List<Node> connected(
      ModelEntry model, List<Node> given, String group, boolean inference, boolean trainable) {
    return model.sequential()
        ? List.of(chain(model, given, group, inference, trainable))
        : new FunctionalModel(model, group, inference, trainable).connect(given);
  }

  private Node chain(
      ModelEntry model, List<Node> given, String group, boolean inference, boolean trainable) {
    if (model.layers().stream().allMatch(LayerEntry::isInput)) {
      throw source.fault("a Sequential must contain at least one layer");
    }
    if (given.size() > 1) {
      throw source.fault("a Sequential must have one input: " + given.size());
    }
    Node node = given.isEmpty() ? sequentialInput(model) : given.get(0);
    for (LayerEntry layer : model.layers()) {
      if (!layer.isInput()) {
        List<Node> results = apply(layer, List.of(node), group, inference, trainable);
        if (results.size() != 1) {
          throw source.fault(layer.description() + " must have one output in a Sequential");
        }
        node = results.get(0);
      }
    }
    return node;
  }

  private Node sequentialInput(ModelEntry model) {
    LayerEntry first = model.layers().get(0);
    return input(first.isInput() ? first.name() : "input", sequentialShape(model), true);
  }

  /** Returns the shape with the batch, from wherever the file has it. */
  private static JsonNode sequentialShape(ModelEntry model) {
    LayerEntry first = model.layers().get(0);
    for (String key : List.of("batch_shape", "batch_input_shape")) {
      if (first.config().has(key)) {
        return first.config().get(key);
      }
    }
    if (model.builtFor().isArray() || first.model().isEmpty()) {
      return model.builtFor();
    }
    ModelEntry inner = first.model().get();
    return inner.layers().isEmpty() ? inner.builtFor() : sequentialShape(inner);
  }

  private Node input(String name, JsonNode batchShape, boolean only) {
    if (only && source.layers().inputShape().isPresent()) {
      return input(name, source.layers().inputShape().get());
    }
    List<Long> sizes = new ArrayList<>();
    for (int i = 1; i < batchShape.size(); i++) {
      sizes.add(batchShape.path(i).asLong(-1));
    }
    if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1)) {
      throw source.fault(
          "the input %s has no fixed shape, %s: give it one with KerasLayers.standard().inputShape(224, 224, 3), or with --size on the command line"
              .formatted(name, batchShape.isArray() ? batchShape : "none is given"));
    }
    return input(name, Shape.of(sizes.stream().mapToLong(Long::longValue).toArray()));
  }

  private Node input(String name, Shape shape) {
    try {
      Input input = Nodes.input(unique(JavaName.of(name)), shape.asArray());
      inputs.add(input);
      return input;
    } catch (IllegalArgumentException e) {
      throw source.fault("the input %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Returns a name that no input or node has. */
  private String unique(String wanted) {
    String name = wanted;
    for (int number = 1; !names.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }

  private void consume(Node node) {
    consumers.merge(node, 1, Integer::sum);
  }

  /** Applies a layer or a model to nodes. */
  private List<Node> apply(
      LayerEntry layer, List<Node> nodes, String group, boolean inference, boolean trainable) {
    String path = path(group, layer);
    boolean trains = trainable && layer.trainable();
    if (layer.model().isPresent()) {
      return connected(layer.model().get(), nodes, path, inference, trains);
    }
    Computation computation = read(layer, nodes);
    return List.of(
        node(layer, inference ? inInference(computation) : computation, nodes, path, trains));
  }

  private static String path(String group, LayerEntry layer) {
    String path = JavaName.path(layer.name());
    return group.isEmpty() ? path : group + "/" + path;
  }

  private Computation read(LayerEntry layer, List<Node> nodes) {
    try {
      return reader.read(layer, nodes.stream().map(Node::shape).toList());
    } catch (UnsupportedException | IllegalArgumentException e) {
      throw source.fault(
          "%s cannot be read (%s)".formatted(layer.description(), e.getMessage()), e);
    }
  }

  /** Returns what a layer computes in inference, for use in training, too. */
  private static Computation inInference(Computation computation) {
    if (computation instanceof BatchNorm norm) {
      return norm.withFixedStatistics();
    }
    return computation instanceof Dropout
            || computation instanceof SpatialDropout
            || computation instanceof GaussianNoise
        ? Layers.linear()
        : computation;
  }

  private Node node(
      LayerEntry layer, Computation computation, List<Node> nodes, String path, boolean trains) {
    nodes.forEach(this::consume);
    try {
      boolean variables = hasVariables(computation, nodes);
      boolean shared = variables && uses.get(layer.place()) > 1;
      Node node;
      String name;
      if (shared) {
        name = path;
        names.add(name);
        node = nodes.get(0).then(new Shared(List.of(asLayer(computation, nodes)), path));
      } else {
        name = unique(path);
        node =
            (computation instanceof Merge merge
                    ? Nodes.merge(merge, nodes)
                    : onlyInput(nodes).then((Layer) computation))
                .named(name);
        applied.put(node, new Applied(computation, nodes, name));
      }
      if (variables) {
        trained.put(name, layer);
        if (!trains) {
          frozen.add(name);
        }
      }
      return node;
    } catch (IllegalArgumentException e) {
      throw source.fault("%s: %s".formatted(layer.description(), e.getMessage()), e);
    }
  }

  /** Only a layer that has accepted the shapes of its inputs can say which variables it has. */
  private static boolean hasVariables(Computation computation, List<Node> nodes) {
    List<Shape> shapes = nodes.stream().map(Node::shape).toList();
    if (computation instanceof Merge merge) {
      merge.outputShape(shapes);
      return !merge.parameters(shapes).isEmpty();
    }
    Layer layer = (Layer) computation;
    Shape shape = onlyInput(nodes).shape();
    layer.outputShape(shape);
    return !layer.parameters(shape).isEmpty();
  }

  private static Layer asLayer(Computation computation, List<Node> nodes) {
    if (computation instanceof Layer layer && nodes.size() == 1) {
      return layer;
    }
    throw new IllegalArgumentException("a merge with variables cannot be used twice");
  }

  private static Node onlyInput(List<Node> nodes) {
    if (nodes.size() != 1) {
      throw new IllegalArgumentException("it must have one input: " + nodes.size());
    }
    return nodes.get(0);
  }

  /** A Functional model while its layers are connected. */
  private final class FunctionalModel {
    private final ModelEntry model;
    private final String group;
    private final boolean inference;
    private final boolean trainable;
    private final Map<String, LayerEntry> byName = new HashMap<>();
    private final Map<String, Integer> highestCall = new HashMap<>();
    private final Map<Call, List<Node>> results = new HashMap<>();

    FunctionalModel(ModelEntry model, String group, boolean inference, boolean trainable) {
      this.model = model;
      this.group = group;
      this.inference = inference;
      this.trainable = trainable;
      for (LayerEntry layer : model.layers()) {
        byName.put(layer.name(), layer);
        layer.calls().forEach(call -> tensors(call).forEach(this::noteCall));
      }
      model.outputs().forEach(this::noteCall);
    }

    private void noteCall(Tensor tensor) {
      highestCall.merge(tensor.layer(), tensor.call(), Math::max);
    }

    List<Node> connect(List<Node> given) {
      if (model.inputs().isEmpty() || model.outputs().isEmpty()) {
        throw source.fault("a Functional model must have inputs and outputs");
      }
      if (!given.isEmpty() && given.size() != model.inputs().size()) {
        throw source.fault(
            "the model %s must have %d inputs: %d"
                .formatted(group, model.inputs().size(), given.size()));
      }
      for (int i = 0; i < model.inputs().size(); i++) {
        LayerEntry layer = layer(model.inputs().get(i));
        if (!layer.isInput()) {
          throw source.fault(layer.description() + " must be an InputLayer, as it is an input");
        }
        Node node = given.isEmpty() ? input(layer) : given.get(i);
        results.put(new Call(layer, 0), List.of(node));
      }
      List<Node> outputs = new ArrayList<>();
      for (Tensor output : model.outputs()) {
        compute(call(output));
        outputs.add(result(output));
      }
      return outputs;
    }

    private Node input(LayerEntry layer) {
      JsonNode config = layer.config();
      JsonNode shape =
          config.has("batch_shape") ? config.get("batch_shape") : config.path("batch_input_shape");
      return GraphBuilder.this.input(layer.name(), shape, model.inputs().size() == 1);
    }

    /** Without recursion, because deep networks would overflow the stack. */
    private void compute(Call wanted) {
      Deque<Call> open = new ArrayDeque<>();
      Set<Call> entered = new HashSet<>();
      open.push(wanted);
      while (!open.isEmpty()) {
        Call call = open.peek();
        if (results.containsKey(call)) {
          open.pop();
          continue;
        }
        List<Call> needed =
            tensors(layerCall(call)).stream()
                .map(this::call)
                .filter(other -> !results.containsKey(other))
                .toList();
        if (needed.isEmpty()) {
          open.pop();
          results.put(call, computed(call));
        } else if (!entered.add(call)) {
          throw source.fault(call.layer().description() + " must not need its own output");
        } else {
          needed.forEach(open::push);
        }
      }
    }

    private List<Node> computed(Call call) {
      LayerEntry layer = call.layer();
      LayerCall layerCall = layerCall(call);
      List<Node> nodes = tensors(layerCall).stream().map(this::result).toList();
      if (nodes.isEmpty()) {
        throw source.fault(layer.description() + " must have an input");
      }
      if (layer.operator()) {
        String path = path(group, layer);
        Computation computation = Operators.read(layer.className(), layerCall.arguments());
        return List.of(node(layer, computation, nodes, path, true));
      }
      return apply(layer, nodes, group, inference || inInference(layer, layerCall), trainable);
    }

    private boolean inInference(LayerEntry layer, LayerCall call) {
      return call.inference() && (source.keras2() || !FALSE_BY_DEFAULT.contains(layer.className()));
    }

    private Node result(Tensor tensor) {
      List<Node> outputs = results.get(call(tensor));
      if (tensor.output() < 0 || tensor.output() >= outputs.size()) {
        throw source.fault(
            "%s has no output %d".formatted(layer(tensor).description(), tensor.output()));
      }
      return outputs.get(tensor.output());
    }

    private LayerEntry layer(Tensor tensor) {
      LayerEntry layer = byName.get(tensor.layer());
      if (layer == null) {
        throw source.fault("there is no layer called " + tensor.layer());
      }
      return layer;
    }

    /** Keras counts the calls of a model from 1: the first is the model's own. */
    private Call call(Tensor tensor) {
      LayerEntry layer = layer(tensor);
      boolean fromOne =
          layer.model().isPresent() && highestCall.get(layer.name()) >= layer.calls().size();
      return new Call(layer, fromOne ? tensor.call() - 1 : tensor.call());
    }

    private LayerCall layerCall(Call call) {
      List<LayerCall> calls = call.layer().calls();
      if (call.index() < 0 || call.index() >= calls.size()) {
        throw source.fault("%s has no call %d".formatted(call.layer().description(), call.index()));
      }
      return calls.get(call.index());
    }

    private static List<Tensor> tensors(LayerCall call) {
      return call.arguments().stream()
          .filter(Tensor.class::isInstance)
          .map(Tensor.class::cast)
          .toList();
    }
  }
}
