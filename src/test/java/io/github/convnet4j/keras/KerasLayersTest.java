package io.github.convnet4j.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.layer.BatchNorm;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Padding;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkJson;
import io.github.convnet4j.model.Weights;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** What is read from small models, and layers of a user's own. */
class KerasLayersTest {
  private static final String VERSION = "keras-3.15.1";

  @TempDir private Path folder;

  private KerasModel read(String name) throws IOException {
    return KerasModel.read(KerasFiles.unpack(VERSION, name, folder));
  }

  /** A layer of a user's own, with a variable. */
  private record Scale(double factor) implements Layer {
    @Override
    public String kind() {
      return "scale";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      return context.tf().math.mul(input, context.tf().constant((float) factor));
    }
  }

  /** The layer's class is replaced by one that Keras does not have. */
  private Path withOwnLayer(String model, String replaced) throws IOException {
    return changed(
        KerasFiles.unpack(VERSION, model, folder),
        config ->
            config.replace(
                "\"class_name\": \"%s\", \"config\": {".formatted(replaced),
                "\"class_name\": \"Scale\", \"config\": {\"factor\": 2.5, "));
  }

  /** Changes the configuration of a model. */
  private Path changed(Path original, UnaryOperator<String> change) throws IOException {
    Path changed = folder.resolve("changed.keras");
    try (ZipFile zip = new ZipFile(original.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().equals("config.json")) {
          bytes =
              change
                  .apply(new String(bytes, StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8);
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes);
      }
    }
    return changed;
  }

  @Test
  void aLayerOfYourOwn() throws IOException {
    Path file = withOwnLayer("sequential.keras", "ReLU");
    DataException e = assertThrows(DataException.class, () -> KerasModel.read(file));
    assertTrue(e.getMessage().contains("Scale \"re_lu\""), e::getMessage);
    KerasModel model =
        KerasLayers.standard()
            .with("Scale", config -> new Scale(config.number("factor")))
            .read(file);
    assertTrue(
        model.network().nodes().stream()
            .anyMatch(
                node -> node.path().equals("re_lu") && node.computation().equals(new Scale(2.5))));
  }

  @Test
  void anOwnLayerThatRefusesItsConfiguration() throws IOException {
    Path file = withOwnLayer("sequential.keras", "ReLU");
    KerasLayers layers =
        KerasLayers.standard()
            .with(
                "Scale",
                config -> {
                  throw new IllegalArgumentException("factor must not be 2.5");
                });
    DataException e = assertThrows(DataException.class, () -> layers.read(file));
    assertTrue(e.getMessage().contains("Scale \"re_lu\" (factor must not be 2.5)"), e::getMessage);
  }

  @Test
  void addingALayerDoesNotChangeTheStandard() {
    assertFalse(KerasLayers.standard().classNames().contains("Scale"));
    Set<String> more = KerasLayers.standard().with("Scale", config -> new Scale(1)).classNames();
    assertTrue(more.contains("Scale") && more.contains("Conv2D"));
    assertThrows(
        IllegalArgumentException.class,
        () -> KerasLayers.standard().with("", config -> new Scale(1)));
  }

  @Test
  void layersHaveTheirNamesInKeras() throws IOException {
    KerasModel model = read("nested.keras");
    assertEquals(
        List.of(
            "encoder/conv1",
            "encoder/norm1",
            "encoder/act1",
            "encoder/conv2",
            "encoder/norm2",
            "global_average_pooling2d",
            "head"),
        model.network().nodes().stream().map(node -> node.path()).toList());
    assertEquals(Shape.of(3, 3, 3, 5), model.weights().shape("encoder/conv1/kernel"));
    assertEquals(
        Set.copyOf(model.network().parameters().stream().map(p -> p.name()).toList()),
        model.weights().names());
  }

  /** {@code trainable=False} in Keras. */
  @Test
  void layersThatKerasDoesNotTrainAreFrozen() throws IOException {
    assertEquals(
        Set.of("encoder/conv1", "encoder/norm1"), read("nested.keras").network().frozenLayers());
  }

  /** {@code base(image, training=False)}. */
  @Test
  void aModelThatIsAppliedInInferenceKeepsItsStatistics() throws IOException {
    Network network = read("nested.keras").network();
    assertTrue(
        network.nodes().stream()
            .filter(node -> node.computation() instanceof BatchNorm)
            .allMatch(node -> ((BatchNorm) node.computation()).fixedStatistics()));
    assertFalse(
        read("siamese.keras").network().nodes().stream()
            .flatMap(node -> node.leaves())
            .anyMatch(
                node -> node.computation() instanceof BatchNorm norm && norm.fixedStatistics()));
  }

  /** Keras 3 writes {@code "training": false} for every dropout: it is the default there. */
  @Test
  void aDropoutThatIsCalledWithItsDefaultDropsInTraining() throws IOException {
    List<Layer> layers =
        List.of(Layers.dropout(0.3), Layers.spatialDropout(0.2), Layers.gaussianNoise(0.1));
    List<Layer> all = new ArrayList<>(layers);
    all.add(Layers.batchNorm().withFixedStatistics());
    all.add(Layers.flatten());
    Network network = Network.of(Shape.of(4, 4, 2), all);
    Path written = folder.resolve("written.keras");
    KerasWriter.of(network, KerasWriterTest.weights(network)).write(written);
    Path changed =
        changed(
            written, config -> config.replace("\"kwargs\":{}", "\"kwargs\":{\"training\":false}"));
    assertEquals(
        all,
        KerasModel.read(changed).network().nodes().stream().map(n -> n.computation()).toList());
  }

  @Test
  void finalActivationsAreLeftToTheTask() throws IOException {
    KerasModel sequential = read("sequential.keras");
    KerasOutput only = sequential.outputs().get(0);
    assertEquals(new KerasOutput("dense_1", Shape.of(3), Layers.softmax()), only);
    assertEquals(Layers.dense(3), sequential.network().outputNode("dense_1").computation());
    assertEquals(
        Layers.dense(3).activation(Layers.softmax()),
        sequential.networkWithActivations().outputNode("dense_1").computation());

    KerasModel branches = read("branches.keras");
    assertEquals(
        List.of(
            new KerasOutput("kind", Shape.of(3), Layers.softmax()),
            new KerasOutput("days", Shape.of(1), Layers.linear())),
        branches.outputs());
    assertEquals(List.of("image", "age"), List.copyOf(branches.network().inputs().keySet()));

    // An activation that is a layer of its own; what comes before it is the output.
    KerasModel chains = read("nested_chains.keras");
    assertEquals(Layers.sigmoid(), chains.outputs().get(0).activation());
    assertEquals("head/dense", chains.network().outputNode("activation").path());
  }

  @Test
  void aPenaltyIsReadAndOthersAreNoted() throws IOException {
    KerasModel adapted = read("adapted.keras");
    assertEquals(Layers.dense(2).l2(0.01), adapted.network().outputNode("dense").computation());
    assertEquals(List.of(), adapted.notes());
  }

  @Test
  void aNetworkFromKerasIsSavedAsAnyOther() throws IOException {
    for (String name : List.of("nested.keras", "siamese.keras", "operators.keras")) {
      Network network = read(name).network();
      String json = NetworkJson.standard().write(network);
      assertEquals(network, NetworkJson.standard().read(json), name);
    }
  }

  @Test
  void weightsOfAnyNamesFitAChain() throws IOException {
    Path file = KerasFiles.unpack(VERSION, "sequential.weights.h5", folder);
    KerasModel model = KerasModel.read(folder.resolve("sequential.keras"));
    Network mine =
        Network.of(
            Shape.of(8, 8, 1),
            Layers.conv2d(4, 3).activation(Layers.relu()).name("eins"),
            Layers.maxPool(2).padding(Padding.VALID),
            Layers.conv2d(6, 3).withoutBias().padding(Padding.VALID).name("zwei"),
            Layers.batchNorm().withoutGamma().name("drei"),
            Layers.flatten(),
            Layers.dense(5).name("vier"),
            Layers.dense(3).name("fuenf"));
    assertArrayEquals(
        model.weights().values("dense/kernel"),
        KerasLayers.standard().readWeights(file, mine).values("vier/kernel"));
  }

  /** In a class derived from Model, layers are found by its attributes, not in "layers". */
  @Test
  void weightsOfASubclassedModel() {
    Path file = folder.resolve("subclassed.weights.h5");
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      putLayer(hdf5.putGroup("head"), "scores", new float[4][2], new float[] {7, 8});
      WritableGroup block = hdf5.putGroup("block1").putGroup("layers");
      putLayer(block.putGroup("dense"), "first", new float[3][4], new float[] {1, 2, 3, 4});
      hdf5.putGroup("optimizer").putGroup("vars").putDataset("0", new float[] {9});
    }
    Network network =
        Network.of(Shape.of(3), Layers.dense(4).name("first"), Layers.dense(2).name("scores"));
    Weights weights = KerasLayers.standard().readWeights(file, network);
    assertArrayEquals(new float[] {1, 2, 3, 4}, weights.values("first/bias"));
    assertArrayEquals(new float[] {7, 8}, weights.values("scores/bias"));
  }

  private static void putLayer(WritableGroup layer, String name, float[][] kernel, float[] bias) {
    WritableGroup variables = layer.putGroup("vars");
    variables.putAttribute("name", name);
    variables.putDataset("0", kernel);
    variables.putDataset("1", bias);
  }

  /** Without the optional library, there is a sentence that names it. */
  @Test
  void theLibraryThatReadsHdf5IsMissing() throws Exception {
    Path file = KerasFiles.unpack(VERSION, "sequential.h5", folder);
    URL[] others =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("jhdf"))
            .map(KerasLayersTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
      Class<?> model = loader.loadClass(KerasModel.class.getName());
      Throwable thrown =
          assertThrows(
                  InvocationTargetException.class,
                  () -> model.getMethod("read", Path.class).invoke(null, file))
              .getCause();
      assertEquals(DataException.class.getName(), thrown.getClass().getName());
      assertTrue(thrown.getMessage().contains("io.jhdf:jhdf"), thrown::getMessage);
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
