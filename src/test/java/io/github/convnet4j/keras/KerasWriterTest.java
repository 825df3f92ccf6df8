package io.github.convnet4j.keras;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.channelRescaling;
import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.cropping;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.elu;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.gaussianNoise;
import static io.github.convnet4j.layer.Layers.gelu;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.globalMaxPool;
import static io.github.convnet4j.layer.Layers.groupNorm;
import static io.github.convnet4j.layer.Layers.hardSigmoid;
import static io.github.convnet4j.layer.Layers.hardSwish;
import static io.github.convnet4j.layer.Layers.layerNorm;
import static io.github.convnet4j.layer.Layers.layerScale;
import static io.github.convnet4j.layer.Layers.leakyRelu;
import static io.github.convnet4j.layer.Layers.linear;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.prelu;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.relu6;
import static io.github.convnet4j.layer.Layers.rescaling;
import static io.github.convnet4j.layer.Layers.reshape;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.shared;
import static io.github.convnet4j.layer.Layers.sigmoid;
import static io.github.convnet4j.layer.Layers.silu;
import static io.github.convnet4j.layer.Layers.softmax;
import static io.github.convnet4j.layer.Layers.softplus;
import static io.github.convnet4j.layer.Layers.spatialDropout;
import static io.github.convnet4j.layer.Layers.tanh;
import static io.github.convnet4j.layer.Layers.upsampling;
import static io.github.convnet4j.layer.Layers.zeroPadding;
import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.merge;
import static io.github.convnet4j.layer.Nodes.outputs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.layer.Padding;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What is written for Keras is read again without a difference; check_keras_export.py asks Keras.
 */
class KerasWriterTest {
  private static final Shape IMAGE = Shape.of(6, 5, 4);

  private static final List<Merge> MERGES =
      List.of(
          Merge.add(),
          Merge.subtract(),
          Merge.multiply(),
          Merge.average(),
          Merge.maximum(),
          Merge.concat(),
          Merge.scaledAdd(0.2));

  @TempDir private Path folder;

  /** Returns weights of any values. */
  static Weights weights(Network network) {
    Random random = new Random(5);
    Weights.Builder weights = Weights.builder();
    for (Parameter parameter : network.parameters()) {
      float[] values = new float[Math.toIntExact(parameter.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            parameter.name().endsWith("variance") ? random.nextFloat() : random.nextFloat() - 0.5f;
      }
      weights.add(parameter.name(), parameter.shape(), values);
    }
    return weights.build();
  }

  private KerasModel written(KerasWriter writer) {
    Path file = folder.resolve("written.keras");
    writer.write(file);
    return KerasModel.read(file);
  }

  private KerasModel written(Network network) {
    return written(KerasWriter.of(network, weights(network)));
  }

  static List<Layer> imageLayers() {
    return List.of(
        conv2d(3, 3),
        conv2d(4, 3, 2).stride(2, 1).withoutBias().padding(Padding.VALID).l2(0.01),
        conv2d(6, 3).dilation(2, 1).groups(2).activation(relu()),
        conv2d(2, 1).activation(relu6()),
        depthwiseConv2d(3, 2).depthMultiplier(2).activation(silu()),
        depthwiseConv2d(3).stride(2).withoutBias().padding(Padding.VALID).l2(0.5),
        separableConv2d(5, 3).activation(gelu()),
        separableConv2d(5, 3).stride(2).withoutBias().padding(Padding.VALID).l2(0.1),
        conv2dTranspose(3, 3, 2).stride(2, 1).activation(tanh()),
        conv2dTranspose(3, 2).stride(2).withoutBias().padding(Padding.VALID).l2(0.1),
        dense(3).alongLastDimension().activation(elu()),
        batchNorm(),
        batchNorm().momentum(0.997).epsilon(1.001e-5).withoutGamma(),
        batchNorm().withoutBeta().withFixedStatistics(),
        layerNorm().epsilon(1e-6),
        groupNorm(2).epsilon(1e-4),
        layerScale(1e-6),
        maxPool(2),
        maxPool(3, 2).stride(1, 2).padding(Padding.VALID),
        averagePool(3).stride(2),
        averagePool(2, 1).padding(Padding.VALID),
        globalAveragePool(),
        globalAveragePool().keepingDimensions(),
        globalMaxPool(),
        globalMaxPool().keepingDimensions(),
        upsampling(2, 3),
        upsampling(2).bilinear(),
        zeroPadding(1, 2),
        zeroPadding(0).top(1).left(2),
        cropping(1),
        cropping(0).bottom(2).right(1),
        dropout(0.3),
        dropout(0.3).sharedAxes(1, 2, 3),
        dropout(0.3).sharedAxes(2),
        spatialDropout(0.2),
        gaussianNoise(0.1),
        rescaling(1 / 127.5, -1),
        channelRescaling(List.of(0.1, 0.2, 0.3, 1 / 3.0), List.of(-1.0, -2.0, 0.0, 4.0)),
        flatten(),
        reshape(5, -1),
        relu(),
        relu(4),
        relu6(),
        leakyRelu(0.3),
        prelu(),
        prelu().sharedAxes(1, 2),
        elu(),
        gelu(),
        silu(),
        hardSwish(),
        hardSigmoid(),
        softplus(),
        linear(),
        sigmoid(),
        tanh(),
        softmax());
  }

  /** Each layer between others, so that it does not end the network. */
  private static Network between(Layer layer) {
    Input image = input("image", IMAGE.asArray());
    Node node = image.then(layer).named("here");
    return Network.of(inputs(image), outputs(node.then(flatten(), dense(2)).as("scores")));
  }

  @ParameterizedTest
  @MethodSource("imageLayers")
  void eachLayerIsReadAsItWasWritten(Layer layer) {
    Network network = between(layer);
    KerasModel read = written(network);
    assertEquals(weights(network), read.weights());
    assertEquals(layer, read.network().nodes().get(0).computation());
    assertEquals(network.outputs(), read.network().outputs());
    // From here on, nothing changes any more.
    KerasModel again = written(KerasWriter.of(read.network(), read.weights()));
    assertEquals(read.network(), again.network());
    assertEquals(read.weights(), again.weights());
  }

  @Test
  void mergesAreReadAsTheyWereWritten() {
    for (Merge merge : MERGES) {
      Input a = input("a", 3, 4);
      Input b = input("b", 3, 4);
      Network network =
          Network.of(inputs(b, a), outputs(merge(merge, a, b).then(linear(), flatten()).as("out")));
      KerasModel read = written(network);
      assertEquals(merge, read.network().nodes().get(0).computation());
      assertEquals(List.of("a", "b"), read.network().nodes().get(0).from());
      assertEquals(List.of("b", "a"), List.copyOf(read.network().inputs().keySet()));
    }
  }

  /** One network, whose output Keras compares value by value. */
  @Test
  void allLayersForKeras() throws IOException {
    Input image = input("image", IMAGE.asArray());
    Input other = input("other", IMAGE.asArray());
    List<Node> branches = new ArrayList<>();
    imageLayers().forEach(layer -> branches.add(image.then(layer, flatten())));
    Layer twice = shared("twice", conv2d(2, 3), tanh(), flatten());
    branches.add(image.then(twice));
    branches.add(other.then(twice));
    branches.add(image.then(residual(conv2d(3, 3).stride(2), batchNorm()), flatten()));
    branches.add(image.then(concat(conv2d(2, 1), sequence()), flatten()));
    branches.add(
        image.then(flatten(), reshape(120), batchNorm(), dense(3).activation(leakyRelu(0.4))));
    MERGES.forEach(merge -> branches.add(merge(merge, image, other).then(flatten())));
    Network network =
        Network.of(
            inputs(image, other), outputs(Nodes.concat(branches.toArray(Node[]::new)).as("all")));
    Weights weights = weights(network);
    Path place = Files.createDirectories(Path.of("target", "keras-exports", "layers"));
    KerasWriter.of(network, weights).write(place.resolve("model.keras"));
    List<Map<String, Object>> examples =
        List.of(
            Map.of("inputs", example(network), "outputs", Map.of("all", output(network, weights))));
    new ObjectMapper().writeValue(place.resolve("expected.json").toFile(), examples);
    KerasModel read = KerasModel.read(place.resolve("model.keras"));
    assertArrayEquals(output(network, weights), output(read.network(), read.weights()));
  }

  /** Files that Keras wrote, read, written and read again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adapted.keras",
        "branches.keras",
        "nested.keras",
        "nested_chains.keras",
        "operators.keras",
        "sequential.keras",
        "siamese.keras"
      })
  void aModelOfKerasIsTheSameAfterwards(String name) throws IOException {
    KerasModel keras = KerasModel.read(KerasFiles.unpack("keras-3.15.1", name, folder));
    KerasWriter writer = KerasWriter.of(keras.network(), keras.weights());
    for (KerasOutput output : keras.outputs()) {
      writer = writer.activation(output.name(), output.activation());
    }
    KerasModel again = written(writer);
    assertEquals(keras.network(), again.network());
    assertEquals(keras.networkWithActivations(), again.networkWithActivations());
    assertEquals(keras.weights(), again.weights());
    assertEquals(keras.outputs(), again.outputs());
    assertEquals(keras.network().frozenLayers(), again.network().frozenLayers());
  }

  private static float[] random(int count) {
    Random random = new Random(3);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static Map<String, float[]> example(Network network) {
    Map<String, float[]> values = new HashMap<>();
    network
        .inputs()
        .forEach((name, shape) -> values.put(name, random(Math.toIntExact(shape.size()))));
    return values;
  }

  /** Returns the first output of a network for one example. */
  private static float[] output(Network network, Weights weights) {
    try (KerasRun run = new KerasRun(network, weights)) {
      return run.fetch(example(network), run.output(network.outputs().keySet().iterator().next()))
          .get(0);
    }
  }

  @Test
  void compositeLayersComeBackAsTheLayersThatTheyConsistOf() {
    Network network =
        Network.of(
            IMAGE,
            residual(conv2d(8, 3).stride(2), batchNorm(), relu(), conv2d(8, 3)),
            concat(conv2d(3, 1), sequence(conv2d(2, 3), relu()), sequence()),
            residual(residual(conv2d(13, 1)), sequence()),
            flatten(),
            dense(4));
    KerasModel read = written(network);
    assertEquals(
        List.of(
            "residual/conv2d",
            "residual/batch_norm",
            "residual/relu",
            "residual/conv2d_1",
            "residual/projection",
            "residual/add",
            "concat/conv2d",
            "concat/sequence/conv2d",
            "concat/sequence/relu",
            "concat/concat",
            "residual_1/residual/conv2d",
            "residual_1/residual/add",
            "residual_1/add",
            "flatten",
            "dense"),
        read.network().nodes().stream().map(PlacedNode::path).toList());
    assertEquals(weights(network), read.weights());
    assertArrayEquals(output(network, weights(network)), output(read.network(), read.weights()));
    KerasModel again = written(KerasWriter.of(read.network(), read.weights()));
    assertEquals(read.network(), again.network());
  }

  @Test
  void sharedLayersAreWrittenOnce() {
    Input left = input("left", 6, 5, 4);
    Input right = input("right", 6, 5, 4);
    Layer tower = shared("tower", conv2d(3, 3), relu(), flatten(), dense(2));
    Layer one = shared("one", dense(3));
    Network network =
        Network.of(
            inputs(left, right),
            outputs(Nodes.subtract(left.then(tower, one), right.then(tower, one)).as("distance")));
    KerasModel read = written(network);
    assertEquals(network.parameterCount(), read.network().parameterCount());
    assertArrayEquals(
        weights(network).values("tower/conv2d/kernel"),
        read.weights().values("tower/conv2d/conv2d/kernel"));
    assertArrayEquals(
        weights(network).values("one/dense/bias"), read.weights().values("one/dense/bias"));
    assertArrayEquals(output(network, weights(network)), output(read.network(), read.weights()));
    KerasModel again = written(KerasWriter.of(read.network(), read.weights()));
    assertEquals(read.network(), again.network());
    assertEquals(read.weights(), again.weights());
  }

  @Test
  void outputsEndWithTheirActivationsAndKeepTheirNames() {
    Input image = input("image", 6, 5, 4);
    Node features = image.then(flatten());
    Network network =
        Network.of(
            inputs(image),
            outputs(
                features.then(dense(3)).named("head").as("kind"),
                features.then(dense(2)).named("tags").as("tags"),
                features.then(dense(1)).as("days"),
                add(features, features).named("twice").as("twice")));
    KerasModel read =
        written(
            KerasWriter.of(network, weights(network))
                .activation("kind", softmax())
                .activation("tags", sigmoid())
                .activation("twice", sigmoid()));
    assertEquals(
        List.of(
            new KerasOutput("kind", Shape.of(3), softmax()),
            new KerasOutput("tags", Shape.of(2), sigmoid()),
            new KerasOutput("days", Shape.of(1), linear()),
            // The merge has the name already, and has no activation.
            new KerasOutput("twice_sigmoid", Shape.of(120), sigmoid())),
        read.outputs());
    assertEquals(
        List.of("flatten", "head", "tags", "dense", "twice"),
        read.network().nodes().stream().map(PlacedNode::path).toList());
    assertEquals(weights(network), read.weights());
  }

  @Test
  void anActivationThatIsNoOptionInKerasBecomesALayer() {
    Network network =
        Network.of(IMAGE, conv2d(3, 3).activation(leakyRelu(0.1)), relu(), flatten(), dense(2));
    KerasModel read = written(network);
    assertEquals(
        List.of("conv2d", "conv2d_leaky_relu", "relu", "flatten", "dense"),
        read.network().nodes().stream().map(PlacedNode::path).toList());
    assertArrayEquals(output(network, weights(network)), output(read.network(), read.weights()));
  }

  @Test
  void frozenLayersAreNotTrainable() {
    Network network =
        Network.of(IMAGE, residual(conv2d(4, 3), batchNorm()), conv2d(2, 1), flatten(), dense(2))
            .freeze("residual", "dense");
    assertEquals(
        Set.of("residual/conv2d", "residual/batch_norm", "dense"),
        written(network).network().frozenLayers());
    Network part = network.unfreeze("dense/bias");
    KerasWriter writer = KerasWriter.of(part, weights(part));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> writer.write(folder.resolve("part.keras")));
    assertTrue(e.getMessage().contains("Dense \"dense\""), e.getMessage());
  }

  @Test
  void anInputIsPreparedFirst() {
    Network network = Network.of(IMAGE, batchNorm(), flatten(), dense(2));
    KerasModel read =
        written(KerasWriter.of(network, weights(network)).preparation("input", rescaling(0.5, -1)));
    assertEquals(
        List.of("input_rescaling", "batch_norm", "flatten", "dense"),
        read.network().nodes().stream().map(PlacedNode::path).toList());
    assertEquals(rescaling(0.5, -1), read.network().nodes().get(0).computation());
    KerasWriter writer = KerasWriter.of(network, weights(network));
    assertThrows(
        IllegalArgumentException.class, () -> writer.preparation("images", rescaling(0.5)));
    assertThrows(IllegalArgumentException.class, () -> writer.preparation("input", flatten()));
    assertThrows(IllegalArgumentException.class, () -> writer.activation("logits", softmax()));
  }

  /** A layer of a user's own, with a variable. */
  private record Gain(double start) implements Layer {
    @Override
    public String kind() {
      return "gain";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return List.of(Parameter.trainable("gain", Shape.of(1), Initializers.constant(start)));
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      return context.tf().math.mul(input, context.weight("gain"));
    }
  }

  /** An activation of a user's own. */
  private record Cube() implements Activation {
    @Override
    public String kind() {
      return "cube";
    }

    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
      return tf.math.mul(input, tf.math.mul(input, input));
    }
  }

  @Test
  void allLayersThatKerasDoesNotHaveAreNamed() {
    Network network =
        Network.of(
            IMAGE, new Gain(2), residual(conv2d(4, 3).activation(new Cube())), flatten(), dense(2));
    Path file = folder.resolve("own.keras");
    KerasWriter writer = KerasWriter.of(network, weights(network));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> writer.write(file));
    assertTrue(e.getMessage().contains("Gain \"gain\""), e.getMessage());
    assertTrue(e.getMessage().contains("Cube \"residual/conv2d_cube\""), e.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void aLayerOfYourOwnIsRegisteredForBothDirections() {
    Network network = Network.of(IMAGE, new Gain(2.5), flatten(), dense(2));
    KerasLayers layers =
        KerasLayers.standard()
            .with(
                "my_package>Gain",
                Gain.class,
                config -> new Gain(config.number("start")),
                gain -> Map.of("start", gain.start()));
    Path file = folder.resolve("own.keras");
    KerasWriter.of(network, weights(network)).layers(layers).write(file);
    KerasModel read = layers.read(file);
    assertEquals(new Gain(2.5), read.network().nodes().get(0).computation());
    assertEquals(weights(network), read.weights());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            KerasLayers.standard()
                .with("my_package>", Gain.class, c -> new Gain(1), g -> Map.of()));
  }

  @Test
  void weightsMustBeThoseOfTheNetwork() {
    Network network = Network.of(IMAGE, flatten(), dense(2));
    Weights weights = weights(network);
    IllegalArgumentException missing =
        assertThrows(
            IllegalArgumentException.class,
            () -> KerasWriter.of(network, weights.without("dense/bias")));
    assertTrue(missing.getMessage().contains("dense/bias"), missing.getMessage());
    Network other = Network.of(IMAGE, flatten(), dense(3));
    IllegalArgumentException shape =
        assertThrows(IllegalArgumentException.class, () -> KerasWriter.of(other, weights));
    assertTrue(shape.getMessage().contains("[120, 3]"), shape.getMessage());
  }

  @Test
  void anExistingFileIsReplacedOnlyWhenTheNewOneIsComplete() throws IOException {
    Network network = Network.of(IMAGE, flatten(), dense(2));
    Network own = Network.of(IMAGE, new Gain(2), flatten(), dense(2));
    Path file = folder.resolve("model.keras");
    KerasWriter.of(network, weights(network)).write(file);
    byte[] before = Files.readAllBytes(file);
    KerasWriter writer = KerasWriter.of(own, weights(own));
    assertThrows(IllegalArgumentException.class, () -> writer.write(file));
    assertArrayEquals(before, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
    Network larger = Network.of(IMAGE, flatten(), dense(3));
    KerasWriter.of(larger, weights(larger)).write(file);
    assertEquals(weights(larger), KerasModel.read(file).weights());
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Network network = Network.of(IMAGE, flatten(), dense(2));
    KerasWriter writer = KerasWriter.of(network, weights(network));
    Path folderOfThatName = Files.createDirectory(folder.resolve("folder.keras"));
    StoreException e = assertThrows(StoreException.class, () -> writer.write(folderOfThatName));
    assertTrue(e.getMessage().contains(folderOfThatName.toString()), e.getMessage());
    IllegalArgumentException name =
        assertThrows(
            IllegalArgumentException.class, () -> writer.write(folder.resolve("model.h5")));
    assertTrue(name.getMessage().contains("model.h5"), name.getMessage());
    Path plain = Files.writeString(folder.resolve("plain"), "text");
    StoreException inFile =
        assertThrows(StoreException.class, () -> writer.write(plain.resolve("model.keras")));
    assertTrue(inFile.getMessage().contains("model.keras"), inFile.getMessage());
    writer.write(folder.resolve("new").resolve("model.keras"));
    assertEquals(
        weights(network), KerasModel.read(folder.resolve("new").resolve("model.keras")).weights());
  }

  @Test
  void aNetworkWithoutVariablesIsWritten() {
    Network network = Network.of(IMAGE, maxPool(2), flatten());
    assertEquals(network.output(), written(network).network().output());
  }

  /** Without the optional library, there is a sentence that names it. */
  @Test
  void theLibraryThatWritesHdf5IsMissing() throws Exception {
    URL[] others =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("jhdf"))
            .map(KerasWriterTest::url)
            .toArray(URL[]::new);
    Path file = folder.resolve("model.keras");
    try (URLClassLoader loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
      Class<?> here = loader.loadClass(WithoutLibrary.class.getName());
      Throwable thrown =
          assertThrows(
                  InvocationTargetException.class,
                  () -> here.getMethod("write", Path.class).invoke(null, file))
              .getCause();
      assertEquals(StoreException.class.getName(), thrown.getClass().getName());
      assertTrue(thrown.getMessage().contains("io.jhdf:jhdf"), thrown::getMessage);
    }
    assertFalse(Files.exists(file));
  }

  /** Writes a file in a class loader of its own. */
  public static final class WithoutLibrary {
    private WithoutLibrary() {}

    /** Writes a network. */
    public static void write(Path file) {
      Network network = Network.of(IMAGE, flatten(), dense(2));
      KerasWriter.of(network, weights(network)).write(file);
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
