package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.natives.Locales;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Fit;
import io.github.convnet4j.picture.PictureFormat.Rgb;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Exports SavedModels and reads them back with TensorFlow Java. {@code
 * src/test/python/check_export.py} reads them with TensorFlow in Python and compares with the
 * {@code expected.json} written here.
 */
class ExportTest {
  private static final Path EXPORTS = Path.of("target", "exports");
  private static final Path KINDS = Path.of("src/test/resources/io/github/convnet4j/picture/kinds");
  private static final List<String> PICTURES =
      List.of("rgb.jpg", "rgb-8.png", "rgba-8.png", "gray-16.png", "palette-2.png", "cmyk.jpg");

  /** What a pixel that is rounded differently changes in a probability. */
  private static final float OF_PICTURES = 0.005f;

  @TempDir Path folder;

  @Test
  void grayImagesWithoutNormalization() throws IOException {
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(8, 3).stride(2),
            relu(),
            maxPool(2),
            dropout(0.3),
            flatten(),
            dense(10));
    DataSets digits = BundledDigits.read();
    try (Model<Prediction> model =
        Model.of(network, Tasks.classification(), adam(0.01), ModelOptions.seed(777))) {
      model.fit(digits.train(), FitOptions.epochs(1));
      export("grey", model, digits.test().subset(0, 20));
    }
  }

  @Test
  void colorImagesWithNormalizationAndSigmoid() throws IOException {
    DataSet images = colorNoise(40);
    Network network =
        Network.of(
            Shape.of(8, 6, 3),
            conv2d(4, 3),
            batchNorm().momentum(0.5),
            relu(),
            residual(conv2d(6, 3), batchNorm(), relu()),
            globalAveragePool(),
            dense(3));
    Classification task = Tasks.classification().loss(Losses.sigmoidCrossEntropy());
    ModelOptions options =
        ModelOptions.seed(1)
            .normalization(Normalization.of(images))
            .pictures(
                PictureFormat.asTheyAre().fit(Fit.PAD).padding(new Rgb(90, 9, 0)).inverted(true));
    try (Model<Prediction> model = Model.of(network, task, adam(0.01), options)) {
      model.fit(images, FitOptions.epochs(3).batchSize(16));
      export("colour", model, images);
    }
  }

  private static DataSet colorNoise(int n) {
    Random random = new Random(5);
    byte[] pixels = new byte[n * 8 * 6 * 3];
    random.nextBytes(pixels);
    return DataSet.of(pixels, random.ints(n, 0, 3).toArray(), Shape.of(8, 6, 3), 3);
  }

  private static void export(String name, Model<Prediction> model, DataSet images)
      throws IOException {
    Path place = EXPORTS.resolve(name);
    delete(place);
    model.exportSavedModel(place.resolve("model"));
    List<Prediction> predictions = model.predict(images);
    Map<String, float[]> ofPictures = new TreeMap<>();
    Files.createDirectories(place.resolve("pictures"));
    for (String picture : PICTURES) {
      Path file = place.resolve("pictures").resolve(picture);
      Files.copy(KINDS.resolve(picture), file);
      ofPictures.put(picture, model.predict(file).probabilities());
    }
    Map<String, Object> expected =
        Map.of(
            "pictures", ofPictures,
            "images", images.batch(0, images.size()).images(),
            "shape", List.of(images.size(), images.height(), images.width(), images.channels()),
            "probabilities", predictions.stream().map(Prediction::probabilities).toList(),
            "classes", predictions.stream().map(Prediction::classIndex).toList());
    new ObjectMapper().writeValue(place.resolve("expected.json").toFile(), expected);
    checkInJava(place.resolve("model"), images, predictions);
    checkPicturesInJava(place, ofPictures);
    checkAssets(place.resolve("model"), model);
  }

  /** A batch of pictures of different sizes and kinds. */
  private static void checkPicturesInJava(Path place, Map<String, float[]> expected)
      throws IOException {
    byte[][] files = new byte[expected.size()][];
    int next = 0;
    for (String picture : expected.keySet()) {
      files[next++] = Files.readAllBytes(place.resolve("pictures").resolve(picture));
    }
    try (SavedModelBundle bundle =
            SavedModelBundle.load(place.resolve("model").toString(), SavedModelBundle.DEFAULT_TAG);
        TString in = TString.tensorOfBytes(NdArrays.vectorOfObjects(files));
        Result out = bundle.function("predict_pictures").call(Map.of("pictures", in))) {
      TFloat32 probabilities = (TFloat32) out.get("probabilities").orElseThrow();
      next = 0;
      for (float[] of : expected.values()) {
        for (int c = 0; c < of.length; c++) {
          assertEquals(of[c], probabilities.getFloat(next, c), OF_PICTURES);
        }
        next++;
      }
    }
  }

  private static void checkAssets(Path exported, Model<Prediction> model) throws IOException {
    Path assets = exported.resolve("assets");
    assertEquals(model.classNames(), Files.readAllLines(assets.resolve("classes.txt")));
    JsonNode json = new ObjectMapper().readTree(assets.resolve("model.json").toFile());
    assertEquals(1, json.path("version").intValue());
    assertEquals(model.classNames().size(), json.path("outputs").path(0).path("names").size());
    JsonNode format = json.path("pictures").path(0);
    assertEquals(
        model.pictureFormat().size().orElseThrow().height(),
        format.path("size").path(0).intValue());
    assertEquals(model.pictureFormat().colour().name(), format.path("colour").textValue());
    assertEquals(model.pictureFormat().inverted(), format.path("inverted").booleanValue());
    assertEquals(
        model.options().normalization().mean().size(),
        json.path("normalization").path("mean").size());
  }

  /** Tables and networks with several inputs have no pictures. */
  @Test
  void withoutPicturesThereIsOneSignature() throws IOException {
    for (Shape shape : List.of(Shape.of(3), Shape.of(4, 4, 2))) {
      Network network = Network.of(shape, flatten(), dense(2));
      Path to = folder.resolve(shape.numDimensions() + "");
      try (Model<Prediction> model = Model.of(network, Tasks.classification("a", "b"), adam(0.1))) {
        model.exportSavedModel(to);
      }
      try (SavedModelBundle bundle =
          SavedModelBundle.load(to.toString(), SavedModelBundle.DEFAULT_TAG)) {
        assertEquals(
            List.of("serving_default"), bundle.signatures().stream().map(Signature::key).toList());
      }
      JsonNode json =
          new ObjectMapper().readTree(to.resolve("assets").resolve("model.json").toFile());
      assertEquals(0, json.path("pictures").size());
      assertEquals(List.of("a", "b"), Files.readAllLines(to.resolve("assets/classes.txt")));
    }
  }

  private static void checkInJava(Path model, DataSet images, List<Prediction> expected) {
    try (SavedModelBundle bundle =
            SavedModelBundle.load(model.toString(), SavedModelBundle.DEFAULT_TAG);
        TFloat32 in =
            Tensors.of(
                Shape.of(images.size(), images.height(), images.width(), images.channels()),
                images.batch(0, images.size()).images());
        Result out = bundle.function("serving_default").call(Map.of("images", in))) {
      assertEquals(List.of(), variables(bundle));
      TFloat32 probabilities = (TFloat32) out.get("probabilities").orElseThrow();
      TInt64 classes = (TInt64) out.get("classes").orElseThrow();
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i).classIndex(), classes.getLong(i));
        float[] row = new float[images.classes()];
        for (int c = 0; c < row.length; c++) {
          row[c] = probabilities.getFloat(i, c);
        }
        assertArrayEquals(expected.get(i).probabilities(), row, 1e-6f);
      }
    }
  }

  /** Returns the variables of an exported model. */
  private static List<String> variables(SavedModelBundle bundle) {
    return bundle.metaGraphDef().getGraphDef().getNodeList().stream()
        .filter(node -> node.getOp().startsWith("Var"))
        .map(NodeDef::getName)
        .toList();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Test
  void rejectsAFolderThatIsNotEmpty() throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "dear");
    Network network = Network.of(Shape.of(2, 2, 1), flatten(), dense(2));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.01))) {
      StoreException error =
          assertThrows(StoreException.class, () -> model.exportSavedModel(folder));
      assertTrue(error.getMessage().contains(folder.toString()), error::getMessage);
      assertTrue(error.getMessage().contains("letter.txt"), error::getMessage);
      assertEquals("dear", Files.readString(folder.resolve("letter.txt")));
      StoreException file =
          assertThrows(
              StoreException.class, () -> model.exportSavedModel(folder.resolve("letter.txt")));
      assertTrue(file.getMessage().contains("letter.txt"), file::getMessage);
      model.exportSavedModel(Files.createDirectory(folder.resolve("empty")));
      assertTrue(Files.exists(folder.resolve("empty").resolve("saved_model.pb")));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
  }

  /** Weights that are too large for constants stay variables. */
  @Test
  void constantsAndVariablesComputeTheSame() throws Exception {
    Network network = Network.of(Shape.of(2), dense(2), batchNorm());
    Path constants = Files.createDirectory(folder.resolve("constants"));
    Path variables = Files.createDirectory(folder.resolve("variables"));
    try (NativeGraph nativeGraph = NativeGraph.open()) {
      Ops tf = nativeGraph.ops();
      NetworkInGraph net = network.build(tf, "net", 1);
      net.apply(tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2))), Mode.INFERENCE);
      Map<String, Variable<TFloat32>> named = new LinkedHashMap<>();
      network.parameters().forEach(p -> named.put(p.name(), net.variable(p.name())));
      nativeGraph.session().initialize();
      VariableValues weights = new VariableValues(tf, nativeGraph.session(), named);
      export(constants, network, weights, weights.bytes());
      export(variables, network, weights, weights.bytes() - 1);
      Locales.in(
          Locale.forLanguageTag("ar-EG-u-nu-arab"),
          () -> {
            String message =
                assertThrows(
                        IllegalStateException.class,
                        () -> export(folder.resolve("refused"), network, weights, 0))
                    .getMessage();
            assertTrue(message.contains("Locale.setDefault"), message);
          });
    }
    assertArrayEquals(probabilities(variables, 6), probabilities(constants, 0));
  }

  private static void export(Path to, Network network, VariableValues weights, long most)
      throws IOException {
    Heads<Prediction> heads = Heads.of(network.outputs(), Tasks.classification("a", "b"));
    Export.write(to, network, heads, ModelOptions.seed(1), Optional.empty(), weights, most);
  }

  private static float[] probabilities(Path model, int variables) {
    try (SavedModelBundle bundle =
            SavedModelBundle.load(model.toString(), SavedModelBundle.DEFAULT_TAG);
        TFloat32 in = Tensors.of(Shape.of(1, 2), new float[] {1, -2});
        Result out = bundle.function("serving_default").call(Map.of("images", in))) {
      assertEquals(variables, variables(bundle).size());
      assertEquals(2, bundle.metaGraphDef().getAssetFileDefCount());
      return Tensors.floats(out.get("probabilities").orElseThrow());
    }
  }

  @Test
  void anExportedModelIsTheSameEachTime() throws IOException {
    Network network =
        Network.of(Shape.of(8, 8, 1), conv2d(4, 3), batchNorm(), relu(), flatten(), dense(3));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.01))) {
      model.exportSavedModel(folder.resolve("first"));
      model.exportSavedModel(folder.resolve("second"));
    }
    for (String file : List.of("saved_model.pb", "assets/model.json", "assets/classes.txt")) {
      assertEquals(
          -1,
          Files.mismatch(
              folder.resolve("first").resolve(file), folder.resolve("second").resolve(file)),
          file);
    }
  }

  /** The exported model computes the predictions, and nothing else. */
  @Test
  void aGraphOfYourOwn() throws IOException {
    Path place = EXPORTS.resolve("graph-of-your-own");
    delete(place);
    float[] inputs = {1, 2, -3, 0.5f};
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = // has a name that assets have too
          tf.withName("asset_model")
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      Placeholder<TFloat32> t = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
      Placeholder<TFloat32> scale =
          tf.withName("scale").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
      Variable<TFloat32> w = tf.variable(tf.constant(new float[][] {{2}, {-3}}));
      Operand<TFloat32> y = tf.math.mul(tf.linalg.matMul(x, tf.identity(w)), scale);
      UserGraph mine =
          UserGraph.builder(graph)
              .input("x", x)
              .target("y", t)
              .predictions("y", y)
              .loss(tf.math.mean(tf.math.squaredDifference(y, t), tf.array(0, 1)))
              .variable("w", w)
              .whenTraining(scale, 2, 1)
              .build();
      ExampleSet examples =
          ExampleSet.builder().input("x", inputs, 2).target("y", new float[] {0, 1}, 1).build();
      try (Model<float[]> model = Model.over(mine, Tasks.regression(), adam(0.1))) {
        model.fit(examples, FitOptions.epochs(2));
        model.exportSavedModel(place.resolve("model"));
        List<float[]> expected = model.predict(examples);
        checkOwnInJava(place.resolve("model"), inputs, expected);
        new ObjectMapper()
            .writeValue(
                place.resolve("graph.json").toFile(),
                Map.of(
                    "inputs",
                    Map.of(
                        "x",
                        Map.of("shape", List.of(2, 2), "values", inputs),
                        "scale",
                        Map.of("shape", List.of(), "values", List.of(1))),
                    "outputs",
                    Map.of("0", Map.of("y", expected.get(0)), "1", Map.of("y", expected.get(1)))));
      }
    }
  }

  @Test
  void aGraphThatNeedsVariablesKeepsThem() {
    Path to = folder.resolve("model");
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
      Placeholder<TFloat32> t = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
      Variable<TFloat32> w = tf.variable(tf.constant(new float[][] {{3}}));
      Operand<TFloat32> y = tf.linalg.matMul(x, tf.identity(w));
      UserGraph mine =
          UserGraph.builder(graph)
              .input("x", x)
              .target("y", t)
              .predictions("y", tf.linalg.matMul(x, tf.identity(tf.refIdentity(w))))
              .loss(tf.math.mean(tf.math.squaredDifference(y, t), tf.array(0, 1)))
              .variable("w", w)
              .build();
      try (Model<float[]> model = Model.over(mine, Tasks.regression(), sgd(0.1))) {
        model.exportSavedModel(to);
      }
    }
    try (SavedModelBundle bundle =
            SavedModelBundle.load(to.toString(), SavedModelBundle.DEFAULT_TAG);
        TFloat32 x = Tensors.of(Shape.of(1, 1), new float[] {2});
        Result out = bundle.function("serving_default").call(Map.of("x", x))) {
      assertEquals(1, variables(bundle).size());
      assertArrayEquals(new float[] {6}, Tensors.floats(out.get("y").orElseThrow()));
      checkOnlyDescription(to, bundle);
    }
  }

  /** A regression has no names of classes. */
  private static void checkOnlyDescription(Path model, SavedModelBundle bundle) {
    assertEquals(
        List.of("model.json"),
        bundle.metaGraphDef().getAssetFileDefList().stream()
            .map(AssetFileDef::getFilename)
            .toList());
    assertTrue(Files.exists(model.resolve("assets").resolve("model.json")));
  }

  private static void checkOwnInJava(Path model, float[] inputs, List<float[]> expected) {
    try (SavedModelBundle bundle =
            SavedModelBundle.load(model.toString(), SavedModelBundle.DEFAULT_TAG);
        TFloat32 x = Tensors.of(Shape.of(2, 2), inputs);
        TFloat32 scale = TFloat32.scalarOf(1);
        Result out = bundle.function("serving_default").call(Map.of("x", x, "scale", scale))) {
      float[] y = Tensors.floats(out.get("y").orElseThrow());
      assertArrayEquals(new float[] {expected.get(0)[0], expected.get(1)[0]}, y, 1e-6f);
      assertEquals(
          // The constants are the weight and the name of the asset.
          Map.of("Placeholder", 2L, "Const", 2L, "Identity", 1L, "MatMul", 1L, "Mul", 1L),
          bundle.metaGraphDef().getGraphDef().getNodeList().stream()
              .collect(Collectors.groupingBy(NodeDef::getOp, Collectors.counting())));
      checkOnlyDescription(model, bundle);
    }
  }
}
