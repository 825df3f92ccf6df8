package io.github.convnet4j.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.layer.Output;
import io.github.convnet4j.layer.PlacedNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.tensorflow.ndarray.Shape;

/**
 * The JSON document of a network that is not a chain.
 *
 * @param <N> {@link NodeEntry}, or a node that is still to be read
 * @param nodes each after those that it takes its inputs from
 */
record GraphDocument<N>(
    int version,
    List<InputEntry> inputs,
    List<N> nodes,
    List<OutputEntry> outputs,
    List<String> frozen,
    List<String> inferenceMode) {
  static GraphDocument<NodeEntry> of(Network network) {
    List<InputEntry> inputs = new ArrayList<>();
    network.inputs().forEach((name, shape) -> inputs.add(new InputEntry(name, sizes(shape))));
    List<OutputEntry> outputs = new ArrayList<>();
    network.outputNodes().forEach((name, node) -> outputs.add(new OutputEntry(name, node)));
    return new GraphDocument<>(
        NetworkJson.VERSION,
        inputs,
        network.nodes().stream().map(NodeEntry::of).toList(),
        outputs,
        List.copyOf(network.frozenLayers()),
        List.copyOf(network.layersInInferenceMode()));
  }

  /** Reads a document of the current version. */
  static Network read(ObjectNode document, ObjectMapper mapper) throws JsonProcessingException {
    GraphDocument<JsonNode> graph =
        mapper.treeToValue(
            document,
            mapper.getTypeFactory().constructParametricType(GraphDocument.class, JsonNode.class));
    GraphReader reader = new GraphReader();
    graph.inputs.forEach(reader::add);
    for (int i = 0; i < graph.nodes.size(); i++) {
      reader.add(i, NodeEntry.read(graph.nodes.get(i), i, mapper));
    }
    return reader
        .network(graph.outputs)
        .freeze(graph.frozen.toArray(String[]::new))
        .inferenceMode(graph.inferenceMode);
  }

  static Shape shape(List<Long> sizes) {
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  static List<Long> sizes(Shape shape) {
    return LongStream.of(shape.asArray()).boxed().toList();
  }

  private record InputEntry(String name, List<Long> shape) {}

  private record OutputEntry(String name, String from) {}

  /** A node of the network. */
  sealed interface NodeEntry {
    String id();

    String name();

    List<String> from();

    Node connected(List<Node> nodes);

    static NodeEntry of(PlacedNode node) {
      return node.computation() instanceof Merge merge
          ? new MergeEntry(node.path(), node.name(), node.from(), merge)
          : new LayerEntry(node.path(), node.name(), node.from(), (Layer) node.computation());
    }

    static NodeEntry read(JsonNode entry, int index, ObjectMapper mapper)
        throws JsonProcessingException {
      if (!entry.isObject()) {
        throw new IllegalArgumentException(
            "not a network in JSON: nodes[%d] must be an object: %s".formatted(index, entry));
      }
      try {
        return entry.has("merge")
            ? mapper.treeToValue(entry, MergeEntry.class)
            : mapper.treeToValue(entry, LayerEntry.class);
      } catch (JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping) {
          mapping.prependPath(entry, index);
          mapping.prependPath(entry, "nodes");
        }
        throw e;
      }
    }
  }

  /** A node that a layer computes. */
  private record LayerEntry(String id, String name, List<String> from, Layer layer)
      implements NodeEntry {
    @Override
    public Node connected(List<Node> nodes) {
      if (nodes.size() != 1) {
        throw new IllegalArgumentException("a layer must have one input: " + from);
      }
      return nodes.get(0).then(layer);
    }
  }

  /** A node that a merge computes. */
  private record MergeEntry(String id, String name, List<String> from, Merge merge)
      implements NodeEntry {
    @Override
    public Node connected(List<Node> nodes) {
      return Nodes.merge(merge, nodes);
    }
  }

  /** Connects the nodes of a document, in which each comes after its inputs. */
  private static final class GraphReader {
    private final List<Input> inputs = new ArrayList<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<String> unused = new LinkedHashSet<>();

    void add(InputEntry entry) {
      Input input = Nodes.input(entry.name(), shape(entry.shape()).asArray());
      inputs.add(input);
      if (nodes.putIfAbsent(entry.name(), input) != null) {
        throw new IllegalArgumentException(
            "inputs: two are called %s: give each its own name".formatted(entry.name()));
      }
    }

    void add(int index, NodeEntry entry) {
      try {
        Node connected = entry.connected(entry.from().stream().map(this::named).toList());
        Node node = entry.name().isEmpty() ? connected : connected.named(entry.name());
        if (entry.id().isEmpty() || nodes.putIfAbsent(entry.id(), node) != null) {
          throw new IllegalArgumentException(
              "id must not be empty or that of an input or another node: " + entry.id());
        }
        unused.add(entry.id());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "nodes[%d], %s: %s".formatted(index, entry.id(), e.getMessage()), e);
      }
    }

    private Node named(String name) {
      Node node = nodes.get(name);
      if (node == null) {
        throw new IllegalArgumentException(
            "from must be the name of an input or the id of an earlier node: " + name);
      }
      unused.remove(name);
      return node;
    }

    Network network(List<OutputEntry> entries) {
      List<Output> outputs = new ArrayList<>();
      for (OutputEntry entry : entries) {
        try {
          outputs.add(named(entry.from()).as(entry.name()));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "outputs, %s: %s".formatted(entry.name(), e.getMessage()), e);
        }
      }
      if (!unused.isEmpty()) {
        throw new IllegalArgumentException(
            "nodes: no output needs %s: connect it to an output, or leave it out"
                .formatted(unused.iterator().next()));
      }
      return Network.of(inputs, outputs);
    }
  }
}
