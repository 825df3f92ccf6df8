package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** The time to describe a network is linear in the number of layers, at any depth. */
class NestedLayersTest {
  private static final Shape IMAGE = Shape.of(8, 8, 4);

  /** Passes its input through, and counts how often its output shape is requested. */
  private record Counting(AtomicInteger requests) implements Layer {
    @Override
    public String kind() {
      return "counting";
    }

    @Override
    public Shape outputShape(Shape input) {
      requests.incrementAndGet();
      return input;
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      return input;
    }
  }

  private static Layer nested(Layer innermost, int levels, UnaryOperator<Layer> around) {
    Layer layer = innermost;
    for (int i = 0; i < levels; i++) {
      layer = around.apply(layer);
    }
    return layer;
  }

  private static int requests(int levels, UnaryOperator<Layer> around) {
    AtomicInteger requests = new AtomicInteger();
    Network network =
        Network.of(IMAGE, nested(new Counting(requests), levels, around), flatten(), dense(2));
    assertEquals(0, network.nodes().get(0).multiplyAdds());
    return requests.get();
  }

  @Test
  void infersEachShapeOnceAtAnyDepth() {
    for (int levels : new int[] {0, 1, 2, 12}) {
      assertEquals(1, requests(levels, layer -> residual(layer, relu())));
      assertEquals(1, requests(levels, layer -> sequence(relu(), layer)));
    }
  }

  @Test
  void infersTheShapesOfBranchesOnce() {
    // Each level doubles the channels, up to 4 * 2^12.
    assertEquals(1, requests(12, layer -> concat(layer, sequence())));
  }

  /** Each level was described four times as slowly as the one before it. */
  @Test
  void describesHundredsOfLevelsInLinearTime() {
    for (UnaryOperator<Layer> around :
        List.<UnaryOperator<Layer>>of(
            layer -> concat(sequence(), layer),
            layer -> concat(layer, relu()),
            layer -> residual(layer),
            layer -> residual(relu(), layer, conv2d(4, 1)),
            layer -> sequence(layer))) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            Network network = Network.of(IMAGE, nested(relu(), 200, around));
            assertTrue(network.summary().contains("relu") || network.nodes().size() == 1);
            assertEquals(network, network.freeze());
            assertEquals(network.hashCode(), network.freeze().hashCode());
          });
    }
  }

  @Test
  void describesTenThousandLayersInLinearTime() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          List<Layer> layers = new ArrayList<>();
          for (int i = 0; i < 5_000; i++) {
            layers.add(dense(4));
            layers.add(relu());
          }
          Network chain = Network.of(Shape.of(4), layers);
          assertEquals("relu_4999", chain.outputNode("output").path());
          assertEquals(chain, Network.fromJson(chain.toJson()));
          assertEquals(0, chain.freeze("*").trainableParameterCount());
          assertEquals(10_001 + 5, chain.summary().lines().count());
        });
  }

  /** Each node is needed by the two after it, so there are more paths than atoms. */
  @Test
  void describesThousandsOfSkipConnectionsInLinearTime() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          Input input = input("input", 4);
          Node before = input;
          Node node = input.then(relu());
          for (int i = 0; i < 5_000; i++) {
            Node next = add(node, before).then(relu());
            before = node;
            node = next;
          }
          Network network = Network.of(input, node);
          assertEquals(10_001, network.nodes().size());
          assertEquals(network, Network.fromJson(network.toJson()));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 100})
  void readsDeepNetworksFromJson(int levels) {
    String json = Network.of(IMAGE, nested(relu(), levels, layer -> residual(layer))).toJson();
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> assertEquals(json, Network.fromJson(json).toJson()));
  }

  @Test
  void rejectsExtremeNestingInJson() {
    String json =
        "{\"version\":2,\"input\":[8,8,4],\"layers\":["
            + "{\"kind\":\"sequence\",\"layers\":[".repeat(100_000)
            + "]}".repeat(100_000)
            + "],\"frozen\":[]}";
    String message =
        assertThrows(IllegalArgumentException.class, () -> Network.fromJson(json)).getMessage();
    assertTrue(message.contains("256"), message);
  }

  /**
   * This took minutes when entering a scope read the whole graph and each update depended directly
   * on all gradients.
   */
  @Test
  void buildsThousandsOfLayers() {
    List<Layer> layers = new ArrayList<>(List.of(flatten()));
    for (int i = 0; i < 1500; i++) {
      layers.add(dense(2));
      layers.add(relu());
    }
    layers.add(dense(2));
    Network network = Network.of(Shape.of(1, 2, 1), layers);
    assertTimeoutPreemptively(
        Duration.ofMinutes(5),
        () -> Model.of(network, Tasks.classification(), Optimizers.sgd(0.1)).close());
  }
}
