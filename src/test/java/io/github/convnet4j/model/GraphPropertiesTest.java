package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.shared;
import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.average;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.maximum;
import static io.github.convnet4j.layer.Nodes.multiply;
import static io.github.convnet4j.layer.Nodes.subtract;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Output;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.layer.Rewrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tensorflow.ndarray.Shape;

/** Any layers and merges, connected in any way. */
class GraphPropertiesTest {
  private static final Shape SHAPE = Shape.of(4, 6, 2);

  @Provide
  Arbitrary<Network> graphs() {
    return Arbitraries.longs().map(seed -> graph(new Random(seed)));
  }

  /** Connects nodes that all have the same shape; those that are not used become outputs. */
  private static Network graph(Random random) {
    List<Input> inputs = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      inputs.add(input("in" + i, SHAPE.asArray()));
    }
    List<Node> nodes = new ArrayList<>(inputs);
    Set<Node> unused = new LinkedHashSet<>(inputs);
    for (int i = random.nextInt(15); i > 0; i--) {
      Node a = nodes.get(random.nextInt(nodes.size()));
      Node b = nodes.get(random.nextInt(nodes.size()));
      boolean merges = random.nextBoolean();
      Node node = merges ? merged(random.nextInt(7), a, b) : a.then(layer(random.nextInt(8)));
      unused.remove(a);
      if (merges) {
        unused.remove(b);
      }
      nodes.add(node);
      unused.add(node);
    }
    List<Output> outputs = new ArrayList<>();
    for (Node node : unused) {
      outputs.add(node.then(relu()).as("out" + outputs.size()));
    }
    return Network.of(inputs, outputs);
  }

  private static Layer layer(int kind) {
    return switch (kind) {
      case 0 -> relu();
      case 1 -> conv2d(2, 3);
      case 2 -> maxPool(2).stride(1);
      case 3 -> batchNorm();
      case 4 -> residual(conv2d(3, 1), relu(), conv2d(2, 3));
      case 5 -> concat(conv2d(1, 1), sequence(relu(), maxPool(2).stride(1), conv2d(1, 3)));
      case 6 -> sequence();
      default -> shared("both", conv2d(2, 1), shared("inner", conv2d(2, 3)));
    };
  }

  private static Node merged(int kind, Node a, Node b) {
    return switch (kind) {
      case 0 -> add(a, b, a);
      case 1 -> subtract(a, b);
      case 2 -> multiply(a, b.then(averagePool(4, 6))); // [4, 6, 2] times [1, 1, 2]
      case 3 -> average(a, b);
      case 4 -> maximum(a, b);
      case 5 -> concat(a, b).then(conv2d(2, 1));
      default -> add(a.then(maxPool(4, 6)), b);
    };
  }

  @Property(tries = 200)
  void isReadFromJsonAsItWasWritten(@ForAll("graphs") Network network) {
    Network read = Network.fromJson(network.toJson());
    assertEquals(network, read);
    assertEquals(network.hashCode(), read.hashCode());
    assertEquals(network.toJson(), read.toJson());
    assertEquals(network.summary(), read.summary());
  }

  @Property(tries = 200)
  void shapesAndNamesAreConsistent(@ForAll("graphs") Network network) {
    Map<String, Shape> shapes = new HashMap<>(network.inputs());
    check(network.nodes(), shapes);
    network
        .outputs()
        .forEach(
            (name, shape) -> {
              assertEquals(SHAPE, shape);
              assertEquals(shape, network.outputNode(name).output());
            });
    Set<String> names = new LinkedHashSet<>();
    network.nodes().forEach(n -> n.parameters().forEach(p -> names.add(p.name())));
    assertEquals(List.copyOf(names), network.parameters().stream().map(Parameter::name).toList());
    assertEquals(
        network.multiplyAdds(),
        network.nodes().stream()
            .flatMap(PlacedNode::leaves)
            .mapToLong(PlacedNode::multiplyAdds)
            .sum());
  }

  /** Whatever is left out, layers keep their places, their names and their variables. */
  @Property(tries = 200)
  void everyCutKeepsTheNamesOfTheLayers(@ForAll("graphs") Network whole, @ForAll long seed) {
    List<PlacedNode> nodes = whole.nodes();
    PlacedNode last = nodes.get(new Random(seed).nextInt(nodes.size()));
    Network network = (whole.parameters().isEmpty() ? whole : whole.freeze("*")).inferenceMode();
    Network part = network.upTo(last.path());
    assertEquals(last.path(), part.outputNode("output").path());
    for (PlacedNode node : part.nodes()) {
      assertSamePlace(network.node(node.path()), node);
    }
    assertEquals(0, part.trainableParameterCount());
    assertEquals(part.nodes().size(), part.layersInInferenceMode().size());
    assertEquals(part, Network.fromJson(part.toJson()));

    Network extended = part.then(relu(), conv2d(2, 1));
    assertEquals(part.nodes().size() + 2, extended.nodes().size());
    for (PlacedNode node : part.nodes()) {
      assertSamePlace(node, extended.node(node.path()));
    }
    assertEquals(part.output().get(2) * 2 + 2, extended.trainableParameterCount());

    Network head = extended.after(last.path());
    assertEquals(2, head.nodes().size());
    assertEquals(extended.outputNode("output").path(), head.outputNode("output").path());
  }

  private static void assertSamePlace(PlacedNode expected, PlacedNode node) {
    assertEquals(expected.computation(), node.computation());
    assertEquals(expected.from(), node.from());
    assertEquals(expected.weightsPath(), node.weightsPath());
    assertEquals(expected.parameters(), node.parameters());
  }

  /** Checks nodes whose inputs have known shapes, and adds their own. */
  private static void check(List<PlacedNode> nodes, Map<String, Shape> shapes) {
    for (PlacedNode node : nodes) {
      assertEquals(node.from().stream().map(shapes::get).toList(), node.inputs());
      assertEquals(
          node.output(),
          node.computation() instanceof Merge merge
              ? merge.outputShape(node.inputs())
              : ((Layer) node.computation()).outputShape(node.inputs().get(0)));
      check(node.inner(), shapes);
      Shape other = shapes.put(node.path(), node.output());
      // A composite layer and the merge that computes its output have the same path.
      assertTrue(other == null || (node.output().equals(other) && !node.inner().isEmpty()));
    }
  }

  @Property(tries = 20)
  void isBuiltAsDescribed(@ForAll("graphs") Network network) {
    for (Set<Rewrite> rewrites : List.of(Set.<Rewrite>of(), Rewrite.all())) {
      try (GraphRun run = new GraphRun(network, Mode.TRAINING, rewrites)) {
        network
            .inputs()
            .keySet()
            .forEach(input -> run.feed(input, GraphRun.eighths(SHAPE, input.hashCode() & 7)));
        for (String output : network.outputs().keySet()) {
          assertEquals(SHAPE.size(), run.output(output).length);
        }
        assertEquals(
            network.parameters().stream().map(p -> "net/" + p.name()).collect(toSet()),
            run.net.variables().stream().map(v -> v.op().name()).collect(toSet()));
      }
    }
  }
}
