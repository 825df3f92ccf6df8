package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.outputs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

/** Networks that consist of parts of others. */
class NetworkPartsTest {
  private static final Shape IMAGE = Shape.of(8, 8, 3);

  private static final Network CHAIN =
      Network.of(
          IMAGE,
          conv2d(4, 3),
          batchNorm(),
          relu(),
          maxPool(2),
          residual(conv2d(4, 3), batchNorm()),
          globalAveragePool(),
          dropout(0.2),
          dense(10));

  private static List<String> paths(Network network) {
    return network.nodes().stream().map(PlacedNode::path).toList();
  }

  private static String fault(Runnable run) {
    return assertThrows(IllegalArgumentException.class, run::run).getMessage();
  }

  /** As the layers of a Keras file, all of which have names. */
  private static Network named() {
    Input image = input("image", 8, 8, 3);
    Node stem = image.then(conv2d(4, 3)).named("mobilenetv2/Conv1");
    Node act = stem.then(relu()).named("mobilenetv2/out_relu");
    Node pool = act.then(globalAveragePool()).named("global_average_pooling2d");
    return Network.of(image, pool.then(dense(10)).named("classifier"));
  }

  @Test
  void upToIsWhatWouldBeDescribedWithoutTheRest() {
    assertEquals(
        Network.of(IMAGE, conv2d(4, 3), batchNorm(), relu(), maxPool(2)), CHAIN.upTo("max_pool"));
    assertEquals(CHAIN, CHAIN.upTo("dense"));
    assertEquals(Shape.of(4), CHAIN.upTo("global_average_pool").output());
  }

  @Test
  void aNewHeadIsOneExpression() {
    Network pets = CHAIN.upTo("global_average_pool").then(dropout(0.5), dense(3));
    assertEquals(
        Network.of(
            IMAGE,
            conv2d(4, 3),
            batchNorm(),
            relu(),
            maxPool(2),
            residual(conv2d(4, 3), batchNorm()),
            globalAveragePool(),
            dropout(0.5),
            dense(3)),
        pets);
  }

  @Test
  void layersWithinGroupsCanBeNamed() {
    Network pets = named().upTo("mobilenetv2/out_relu").then(flatten(), dense(2));
    assertEquals(
        List.of("mobilenetv2/Conv1", "mobilenetv2/out_relu", "flatten", "dense"), paths(pets));
    assertEquals(Shape.of(2), pets.output());
  }

  @Test
  void afterIsTheRest() {
    Network pets = named().upTo("global_average_pooling2d").then(dropout(0.2), dense(2));
    Network head = pets.after("global_average_pooling2d");
    assertEquals(Shape.of(4), head.input());
    assertEquals(Set.of("features"), head.inputs().keySet());
    assertEquals(List.of("dropout", "dense"), paths(head));
    assertEquals(
        List.of("dense/kernel", "dense/bias"),
        head.parameters().stream().map(Parameter::name).toList());
  }

  @Test
  void upToAndAfterComputeWhatTheWholeNetworkDoes() {
    float[] image = GraphRun.eighths(IMAGE, 3);
    Network base = CHAIN.upTo("max_pool");
    Network head = CHAIN.after("max_pool");
    try (NetworkRun whole = new NetworkRun(CHAIN, 1, Mode.INFERENCE);
        NetworkRun first = new NetworkRun(base, 1, Mode.INFERENCE);
        NetworkRun second = new NetworkRun(head, 1, Mode.INFERENCE)) {
      for (Parameter parameter : base.parameters()) {
        first.set(parameter.name(), whole.get(parameter.name()));
      }
      for (Parameter parameter : head.parameters()) {
        second.set(parameter.name(), whole.get(parameter.name()));
      }
      assertArrayEquals(whole.forward(image), second.forward(first.forward(image)), 1e-6f);
    }
  }

  /** In the whole network, the layer that the second output needs comes second. */
  @Test
  void derivedNamesDoNotChange() {
    Input image = input("image", 8, 8, 3);
    Node second = image.then(conv2d(2, 1));
    Node first = image.then(conv2d(2, 3));
    Network both =
        Network.of(
            inputs(image), outputs(first.as("first"), second.then(conv2d(1, 1)).as("second")));
    assertEquals(List.of("conv2d", "conv2d_1", "conv2d_2"), paths(both));
    Network part = both.upTo("conv2d_2");
    assertEquals(List.of("conv2d_1", "conv2d_2"), paths(part));
    assertEquals(
        List.of("conv2d_1", "conv2d_2", "conv2d"),
        paths(part.then(conv2d(1, 1), relu())).subList(0, 3));
  }

  @Test
  void onlyTheInputsThatAreNeededAreLeft() {
    Input image = input("image", 8, 8, 3);
    Input age = input("age", 1);
    Node features = image.then(globalAveragePool());
    Network both =
        Network.of(
            inputs(image, age),
            outputs(concat(features, age).then(dense(2)).as("kind"), age.then(relu()).as("days")));
    assertEquals(Set.of("image"), both.upTo("global_average_pool").inputs().keySet());
    assertEquals(List.of("image", "age"), List.copyOf(both.upTo("dense").inputs().keySet()));
    assertTrue(fault(() -> both.then(relu())).contains("[kind, days]"));
    assertTrue(fault(() -> both.after("global_average_pool")).contains("age"));
  }

  @Test
  void nothingMustGoAroundTheLayer() {
    Input image = input("image", 8, 8, 3);
    Node conv = image.then(conv2d(3, 3));
    Network skipping = Network.of(image, add(conv, image).then(relu()));
    String message = fault(() -> skipping.after("conv2d"));
    assertTrue(message.contains("image") && message.contains("conv2d"), message);
    assertTrue(fault(() -> skipping.after("relu")).contains("relu"));
    assertEquals(List.of("relu"), paths(skipping.after("add")));
  }

  @ParameterizedTest
  @CsvSource({
    "global_average_poling2d, global_average_pooling2d",
    "out_relu, mobilenetv2/out_relu",
    "nothing_like_it, classifier",
    "image, input",
    "mobilenetv2, mobilenetv2/out_relu",
    "classifier/dense, classifier",
  })
  void whatWasMeantIsNamed(String layer, String advice) {
    for (Runnable call :
        List.<Runnable>of(
            () -> named().upTo(layer),
            () -> named().after(layer),
            () -> named().node(layer),
            () -> named().freezeUpTo(layer))) {
      String message = fault(call);
      assertTrue(message.contains(layer + " (") && message.contains(advice), message);
    }
  }

  @Test
  void twoLayersOfOneNameAreRefused() {
    assertTrue(fault(() -> named().then(dense(2).name("classifier"))).contains("classifier"));
    Network network = CHAIN.upTo("global_average_pool");
    assertTrue(fault(() -> network.then(dense(2).name("conv2d"))).contains("conv2d"));
    // A layer that cannot take its input is named, as elsewhere.
    assertTrue(fault(() -> network.then(conv2d(2, 3))).contains("conv2d"));
  }

  @Test
  void frozenLayersStayFrozen() {
    Network network = CHAIN.freeze("conv2d", "dense", "residual/conv2d");
    assertEquals(Set.of("conv2d"), network.upTo("max_pool").frozenLayers());
    assertEquals(Set.of("residual/conv2d", "dense"), network.after("max_pool").frozenLayers());
    assertEquals(network.frozenLayers(), network.then(relu()).frozenLayers());
  }

  @Test
  void freezesUpToALayer() {
    assertEquals(Set.of("conv2d", "batch_norm"), CHAIN.freezeUpTo("max_pool").frozenLayers());
    assertEquals(
        Set.of("conv2d", "batch_norm", "residual"),
        CHAIN.freezeUpTo("global_average_pool").frozenLayers());
    assertEquals(
        Set.of("conv2d", "batch_norm", "dense"),
        CHAIN.freeze("dense").freezeUpTo("batch_norm").frozenLayers());
    Network pool = Network.of(IMAGE, maxPool(2), flatten(), dense(2));
    assertTrue(fault(() -> pool.freezeUpTo("flatten")).contains("flatten"));
  }

  @Test
  void layersThatAreAddedAreNotInInferenceMode() {
    Network network =
        CHAIN.upTo("global_average_pool").inferenceMode().then(dropout(0.5), dense(2));
    assertEquals(6, network.layersInInferenceMode().size());
    assertFalse(network.layersInInferenceMode().contains("dropout"));
    assertTrue(network.summary().contains("6 of 8 layers"), network::summary);
    assertTrue(network.toString().contains("6 in inference mode"), network::toString);
    assertEquals(network, Network.fromJson(network.toJson()));
    assertFalse(network.equals(CHAIN.upTo("global_average_pool").then(dropout(0.5), dense(2))));
    assertEquals(network.layersInInferenceMode(), network.freeze("dense").layersInInferenceMode());
    assertEquals(Set.of(), network.after("global_average_pool").layersInInferenceMode());
  }

  @Test
  void aFileMustNotNameLayersThatDoNotExist() {
    String json =
        CHAIN.toJson().replace("\"inferenceMode\" : [ ]", "\"inferenceMode\" : [ \"x\" ]");
    assertTrue(fault(() -> Network.fromJson(json)).contains("x"));
    String older = CHAIN.toJson().replaceAll(",\\s*\"inferenceMode\" : \\[ \\]", "");
    assertFalse(older.contains("inferenceMode"));
    assertEquals(CHAIN, Network.fromJson(older));
  }

  /**
   * (x - 2) / sqrt(9) with the moving statistics, whatever the batch: 8 becomes 2, and 5 becomes 1.
   * Without inference mode the batch's own mean would make them 1 and -1.
   */
  @Test
  void inferenceModeUsesTheMovingStatistics() {
    Network network =
        Network.of(Shape.of(1), batchNorm().epsilon(1e-12), dropout(0.9), residual(batchNorm()))
            .inferenceMode();
    try (NetworkRun run = new NetworkRun(network, 2, Mode.TRAINING)) {
      run.set("batch_norm/moving_mean", 2).set("batch_norm/moving_variance", 9);
      run.set("residual/batch_norm/moving_variance", 1 - 1e-3f);
      assertEquals(List.of(), run.applied.updates());
      assertArrayEquals(new float[] {4, 2}, run.forward(8, 5), 1e-3f);
    }
    Network training = Network.of(Shape.of(1), batchNorm().epsilon(1e-12));
    try (NetworkRun run = new NetworkRun(training, 2, Mode.TRAINING)) {
      run.set("batch_norm/moving_mean", 2).set("batch_norm/moving_variance", 9);
      assertEquals(2, run.applied.updates().size());
      assertArrayEquals(new float[] {1, -1}, run.forward(8, 5), 1e-3f);
    }
  }

  /** As Keras does: gamma and beta of a normalization in inference mode are trained. */
  @Test
  void weightsInInferenceModeAreTrained() {
    Network network = CHAIN.inferenceMode();
    assertEquals(CHAIN.trainableParameterCount(), network.trainableParameterCount());
    assertEquals(
        Arrays.asList(true, true, false, false),
        network.parameters().stream()
            .filter(p -> p.name().startsWith("batch_norm/"))
            .map(Parameter::trainable)
            .toList());
  }
}
