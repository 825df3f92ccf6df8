package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.shared;
import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.merge;
import static io.github.convnet4j.layer.Nodes.outputs;
import static io.github.convnet4j.layer.Nodes.subtract;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** The description of networks that are not chains. */
class GraphNetworkTest {
  /** An image and a number, from which a kind and a number of days are computed. */
  private static Network twoInputs() {
    Input image = input("image", 8, 8, 3);
    Input age = input("age", 1);
    Node features = image.then(conv2d(4, 3), relu(), globalAveragePool()); // [4]
    Node both = concat(features, age.then(dense(2), relu())); // [6]
    return Network.of(
        inputs(image, age),
        outputs(both.then(dense(3)).as("kind"), both.then(dense(1).name("hours")).as("days")));
  }

  private static List<String> paths(Network network) {
    return network.nodes().stream().map(PlacedNode::path).toList();
  }

  @Test
  void inputsAndOutputsHaveNamesAndShapes() {
    Network network = twoInputs();
    assertEquals(List.of("image", "age"), List.copyOf(network.inputs().keySet()));
    assertEquals(Shape.of(8, 8, 3), network.inputs().get("image"));
    assertEquals(List.of("kind", "days"), List.copyOf(network.outputs().keySet()));
    assertEquals(Shape.of(3), network.outputs().get("kind"));
    assertEquals("hours", network.outputNode("days").path());
  }

  @Test
  void nodesAreInTheOrderInWhichTheOutputsNeedThem() {
    Network network = twoInputs();
    assertEquals(
        List.of(
            "conv2d",
            "relu",
            "global_average_pool",
            "dense",
            "relu_1",
            "concat",
            "dense_1",
            "hours"),
        paths(network));
    PlacedNode both = network.nodes().get(5);
    assertEquals(List.of("global_average_pool", "relu_1"), both.from());
    assertEquals(List.of(Shape.of(4), Shape.of(2)), both.inputs());
    assertEquals(Shape.of(6), both.output());
    assertEquals(Merge.concat(), both.computation());
    PlacedNode dense = network.nodes().get(3);
    assertEquals(List.of("age"), dense.from());
    assertEquals(4, dense.parameterCount());
    assertEquals(2, dense.multiplyAdds());
    assertEquals(
        List.of(
            "conv2d/kernel",
            "conv2d/bias",
            "dense/kernel",
            "dense/bias",
            "dense_1/kernel",
            "dense_1/bias",
            "hours/kernel",
            "hours/bias"),
        network.parameters().stream().map(Parameter::name).toList());
  }

  @Test
  void theSummaryShowsWhereInputsComeFrom() {
    assertEquals(
        """
        Layer                Output shape  Parameters  Multiply-adds  Input
        -----------------------------------------------------------------------------------------
        image (input)        [8, 8, 3]              0              0
        age (input)          [1]                    0              0
        conv2d frozen        [8, 8, 4]            112          6,912  image
        relu                 [8, 8, 4]              0              0  conv2d
        global_average_pool  [4]                    0              0  relu
        dense                [2]                    4              2  age
        relu_1               [2]                    0              0  dense
        concat               [6]                    0              0  global_average_pool, relu_1
        dense_1              [3]                   21             18  concat
        hours (dense)        [1]                    7              6  concat
        -----------------------------------------------------------------------------------------
        Outputs: kind (dense_1), days (hours)
        Parameters: 144, trainable 32, not trainable 112
        Multiply-adds per example: 6,938
        """,
        twoInputs().freeze("conv2d").summary());
  }

  /** Nothing is connected in another way than line by line, but the names are the user's. */
  @Test
  void theSummaryOfAChainHasNoInputs() {
    Input image = input("image", 4);
    assertEquals(
        """
        Layer          Output shape  Parameters  Multiply-adds
        ------------------------------------------------------
        image (input)  [4]                    0              0
        dense          [2]                   10              8
        ------------------------------------------------------
        Outputs: scores (dense)
        Parameters: 10, trainable 10, not trainable 0
        Multiply-adds per example: 8
        """,
        Network.of(inputs(image), outputs(image.then(dense(2)).as("scores"))).summary());
  }

  @Test
  void theSummaryCountsSharedVariablesOnce() {
    Layer tower = shared("tower", dense(2));
    Input left = input("left", 3);
    Input right = input("right", 3);
    Network network =
        Network.of(
            inputs(left, right),
            outputs(subtract(left.then(tower), right.then(tower)).as("difference")));
    assertEquals(
        """
        Layer                         Output shape  Parameters  Multiply-adds  Input
        -------------------------------------------------------------------------------------
        left (input)                  [3]                    0              0
        right (input)                 [3]                    0              0
        tower (shared)                [2]                    8              6  left
        tower_1 (variables of tower)  [2]                    0              6  right
        subtract                      [2]                    0              0  tower, tower_1
        -------------------------------------------------------------------------------------
        Outputs: difference (subtract)
        Parameters: 8, trainable 8, not trainable 0
        Multiply-adds per example: 12
        """,
        network.summary());
  }

  @Test
  void isPrintedWithItsInputsAndOutputs() {
    assertEquals(
        "Network image [8, 8, 3], age [1] -> 8 layers -> kind [3], days [1], frozen [dense]",
        twoInputs().freeze("dense").toString());
  }

  @Test
  void aChainIsAGraphWithDefaultNames() {
    Input image = input("input", 4);
    Network chain = Network.of(Shape.of(4), dense(3), relu());
    assertEquals(chain, Network.of(image, image.then(dense(3)).then(relu())));
    assertEquals(
        chain, Network.of(inputs(image), outputs(image.then(dense(3), relu()).as("output"))));
    assertNotEquals(
        chain, Network.of(inputs(image), outputs(image.then(dense(3), relu()).as("other"))));
    Input other = input("other", 4);
    assertNotEquals(chain, Network.of(other, other.then(dense(3), relu())));
  }

  /** Layers could have this name before inputs had names. */
  @Test
  void theInputOfAChainAvoidsTheNamesOfLayers() {
    Network network =
        Network.of(Shape.of(4), dense(4).name("input"), dense(4).name("network_input"));
    assertEquals(List.of("input", "network_input"), paths(network));
    assertEquals(network, Network.fromJson(network.toJson()));
  }

  @Test
  void graphsWithTheSameContentAreEqual() {
    assertEquals(twoInputs(), twoInputs());
    assertEquals(twoInputs().hashCode(), twoInputs().hashCode());
    assertNotEquals(twoInputs(), twoInputs().freeze("hours"));
    assertEquals(twoInputs(), twoInputs().freeze("hours").unfreeze("hours"));
    Input a = input("a", 2);
    Input b = input("b", 2);
    Network ab = Network.of(inputs(a, b), outputs(subtract(a, b).as("c")));
    assertNotEquals(ab, Network.of(inputs(a, b), outputs(subtract(b, a).as("c"))));
    assertNotEquals(ab, Network.of(inputs(b, a), outputs(subtract(a, b).as("c"))));
    assertNotEquals(ab, Network.of(inputs(a, b), outputs(add(a, b).as("c"))));
    assertNotEquals(ab, Network.of(inputs(a, b), outputs(subtract(a, b).as("d"))));
  }

  @Test
  void mergesCanHaveNames() {
    Input a = input("a", 2);
    Node sum = merge(Merge.add().name("sum"), a, a);
    Network network = Network.of(a, concat(sum, add(sum, a), add(a, a)));
    assertEquals(List.of("sum", "add", "add_1", "concat"), paths(network));
  }

  /** Only what the outputs need is part of the network. */
  @Test
  void nodesCanBeUsedBySeveralNetworks() {
    Input image = input("image", 4);
    Node features = image.then(dense(8), relu());
    Node logits = features.then(dense(2));
    assertEquals(List.of("dense", "relu"), paths(Network.of(image, features)));
    assertEquals(List.of("dense", "relu", "dense_1"), paths(Network.of(image, logits)));
    assertSame(image, image.then());
  }

  @Test
  void compositeLayersContainTheirNodes() {
    Network network =
        Network.of(
            Shape.of(4),
            dense(4),
            residual(dense(2), sequence(relu(), dense(3))),
            concat(relu(), sequence()));
    PlacedNode residual = network.nodes().get(1);
    assertEquals(
        List.of("residual/dense", "residual/sequence", "residual/projection", "residual"),
        residual.inner().stream().map(PlacedNode::path).toList());
    assertEquals(
        List.of(
            List.of("dense"),
            List.of("residual/dense"),
            List.of("dense"),
            List.of("residual/sequence", "residual/projection")),
        residual.inner().stream().map(PlacedNode::from).toList());
    assertEquals(4 * 2 + 2 + 2 * 3 + 3 + 4 * 3, residual.parameterCount());
    assertEquals(4 * 2 + 2 * 3 + 4 * 3, residual.multiplyAdds());
    assertEquals(
        List.of(
            "dense",
            "residual/dense",
            "residual/sequence/relu",
            "residual/sequence/dense",
            "residual/projection",
            "residual",
            "concat/relu",
            "concat"),
        network.nodes().stream().flatMap(PlacedNode::leaves).map(PlacedNode::path).toList());
  }
}
