package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.rescaling;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.task.Tasks.reconstruction;
import static io.github.convnet4j.task.Tasks.segmentation;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.keras.KerasLayers;
import io.github.convnet4j.keras.KerasModel;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Answers;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What the examples train is exported, and gives the same answers in TensorFlow Java without this
 * library. {@code src/test/python/check_export.py} does the same with TensorFlow in Python,
 * TensorFlow Lite and ONNX.
 */
class ExportedExamplesTest {
  private static final Path EXPORTS = Path.of("target", "exports");
  private static final double TOLERANCE = 1e-5;
  private static final float KEEP = 0.7f;

  /** As many as are compared; the training set has {@link #TRAINED}. */
  private static final int COMPARED = 3;

  private static final int TRAINED = 32;
  private static final ModelOptions OPTIONS = ModelOptions.seed(777);

  /** An example that tells classes of images apart. */
  record Classifier(String name, DataSet images, Network network, Normalization normalization) {
    static Classifier of(String name, DataSet images, Function<DataSet, Network> network) {
      return new Classifier(name, images, network.apply(images), Normalization.unit());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Classifier> classifiers() {
    DataSet photos = noise(32, 3, 4);
    return Stream.of(
        Classifier.of("ex11_8", digits(), Ex11_8Builder::network),
        Classifier.of("ex11_9", digits(), images -> Ex11_9Builder.network(images, KEEP)),
        Classifier.of("ex11_10", digits(), images -> Ex11_10.network(images, KEEP)),
        Classifier.of("residual_net", digits(), ResidualNet::network),
        Classifier.of("train_and_report", digits(), TrainAndReport::network),
        Classifier.of("ct", noise(64, 1, 3), ExCt::network),
        Classifier.of("fine_tune", noise(28, 1, 5), images -> FineTune.network()),
        new Classifier(
            "fine_tune_photos",
            photos,
            FineTunePhotos.small(photos.width(), photos.classes()),
            Normalization.of(photos)));
  }

  private static DataSet digits() {
    return BundledDigits.read().train().subset(0, TRAINED);
  }

  private static DataSet noise(int side, int channels, int classes) {
    Random random = new Random(1);
    byte[] pixels = new byte[TRAINED * side * side * channels];
    random.nextBytes(pixels);
    int[] labels = IntStream.range(0, TRAINED).map(i -> i % classes).toArray();
    return DataSet.of(pixels, labels, Shape.of(side, side, channels), classes);
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void classifier(Classifier example) throws IOException {
    ModelOptions options = OPTIONS.normalization(example.normalization());
    try (Model<Prediction> model =
        Model.of(example.network(), classification(), adam(0.001), options)) {
      export(
          example.name(),
          model,
          example.images(),
          List.of("images"),
          ExportedExamplesTest::probabilities);
    }
  }

  /** A network that was loaded from a file of Keras, with a new head. */
  @Test
  void fineTunePhotosOfAKerasFile(@TempDir Path folder) throws IOException {
    DataSet photos = noise(32, 3, 4);
    Path file = folder.resolve("pretrained.keras");
    Network trained =
        Network.of(
            Shape.of(48, 48, 3),
            rescaling(1 / 127.5, -1),
            conv2d(8, 3).stride(2).withoutBias(),
            batchNorm(),
            relu(6),
            depthwiseConv2d(3).withoutBias(),
            batchNorm(),
            relu(6),
            residual(conv2d(8, 1).withoutBias(), batchNorm()),
            globalAveragePool(),
            dense(5));
    try (Model<Prediction> model = Model.of(trained, classification(), adam(0.01), OPTIONS)) {
      train(model, noise(48, 3, 5));
      model.exportKeras(file);
    }
    KerasModel keras = KerasLayers.standard().inputShape(32, 32, 3).read(file);
    fineTuned(
        "fine_tune_photos_of_keras", photos, keras, "global_average_pool", "depthwise_conv2d");
  }

  /** The network of the example, if it is there. */
  @Test
  void fineTunePhotosOfImageNet() throws IOException {
    String data = System.getenv("CONVNET4J_DATA");
    Path file = Path.of(data == null ? "" : data, "pretrained", "mobilenet_v2_imagenet.keras");
    assumeTrue(Files.exists(file), () -> "needs " + file + " in the folder CONVNET4J_DATA");
    KerasModel keras = KerasLayers.standard().inputShape(48, 48, 3).read(file);
    fineTuned(
        "fine_tune_photos_of_image_net",
        noise(48, 3, 3),
        keras,
        "global_average_pooling2d",
        "b15_add");
  }

  private static void fineTuned(
      String name, DataSet photos, KerasModel keras, String features, String frozen)
      throws IOException {
    Network network =
        FineTunePhotos.extended(keras.network().inferenceMode(), features, photos.classes())
            .freezeUpTo(frozen);
    ModelOptions options = OPTIONS.normalization(FineTunePhotos.TIMES_255);
    try (Model<Prediction> model = Model.of(network, classification(), adam(0.001), options)) {
      model.loadWeights(keras.weights()).requireAllBut("classes");
      export(name, model, photos, List.of("images"), ExportedExamplesTest::probabilities);
    }
  }

  /** An export has full precision, and is compared with a model that has it too. */
  @Test
  void mixedPrecision() throws IOException {
    Network network = Ex11_9Builder.network(digits(), KEEP);
    try (Model<Prediction> mixed =
            Model.of(network, classification(), adam(0.001), OPTIONS.mixedPrecision());
        Model<Prediction> full = Model.of(network, classification(), adam(0.001), OPTIONS)) {
      train(mixed, digits());
      full.loadWeights(mixed.weights()).requireAllBut();
      List<Map<String, float[]>> expected =
          full.predict(digits().subset(0, COMPARED)).stream()
              .map(ExportedExamplesTest::probabilities)
              .toList();
      exportTrained("mixed_precision", mixed, digits(), List.of("images"), expected);
    }
  }

  @Test
  void ownLoss() throws IOException {
    try (Model<Prediction> model =
        Model.of(
            OwnMetricAndLoss.network(),
            classification().loss(new OwnMetricAndLoss.FocalLoss(2)),
            adam(0.001),
            OPTIONS)) {
      export("own_loss", model, digits(), List.of("images"), ExportedExamplesTest::probabilities);
    }
  }

  @Test
  void labelSmoothing() throws IOException {
    try (Model<Prediction> model =
        Model.of(
            Ex11_10.network(digits(), KEEP),
            classification().loss(Losses.softmaxCrossEntropy().labelSmoothing(0.1)),
            adam(0.001),
            OPTIONS)) {
      export(
          "label_smoothing",
          model,
          digits(),
          List.of("images"),
          ExportedExamplesTest::probabilities);
    }
  }

  @Test
  void autoencoder() throws IOException {
    try (Model<float[]> model =
        Model.of(Autoencoder.network(), reconstruction(), adam(0.001), OPTIONS)) {
      export(
          "autoencoder",
          model,
          digits().withInputsAsTargets(),
          List.of("images"),
          values -> Map.of("predictions", values));
    }
  }

  @Test
  void uNet() throws IOException {
    ExampleSet pictures = UNet.pictures(digits(), TRAINED, new Random(1));
    try (Model<SegmentedImage> model =
        Model.of(UNet.network(), segmentation(UNet.CLASSES), adam(0.001), OPTIONS)) {
      export(
          "unet", model, pictures, List.of("images"), answer -> Map.of("classes", floats(answer)));
    }
  }

  @Test
  void twoInputs() throws IOException {
    ExampleSet examples = TwoInputs.examples(digits(), new Random(1));
    try (Model<Answers> model =
        Model.of(
            TwoInputs.network(),
            Tasks.all(TwoInputs.LARGER, TwoInputs.SUM),
            adam(0.001),
            OPTIONS)) {
      export(
          "two_inputs", model, examples, List.of("image", "number"), ExportedExamplesTest::ofTwo);
    }
  }

  @Test
  void ownGraph() throws IOException {
    DataSet images = digits();
    TrainingSettings settings = new TrainingSettings(1, 8, 0.001, KEEP, 777);
    try (Graph graph = new Graph();
        Model<Prediction> model =
            Model.over(
                OwnGraphModel.build(graph, images, settings),
                classification(),
                adam(0.001),
                OPTIONS)) {
      export(
          "own_graph_model",
          model,
          images,
          List.of("pixels"),
          prediction -> Map.of("digit", prediction.probabilities()));
    }
  }

  private static Map<String, float[]> probabilities(Prediction prediction) {
    return Map.of(
        "probabilities",
        prediction.probabilities(),
        "classes",
        new float[] {prediction.classIndex()});
  }

  private static float[] floats(SegmentedImage image) {
    float[] classes = new float[image.classes().length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = image.classes()[i];
    }
    return classes;
  }

  private static Map<String, float[]> ofTwo(Answers answers) {
    return Map.of(
        "larger_probabilities", answers.of(TwoInputs.LARGER).probabilities(),
        "larger_classes", new float[] {answers.of(TwoInputs.LARGER).classIndex()},
        "sum_predictions", answers.of(TwoInputs.SUM));
  }

  private static void train(Model<?> model, Source examples) {
    model.fit(examples, epochs(1).batchSize(8));
  }

  private static <P> void export(
      String name,
      Model<P> model,
      Source examples,
      List<String> inputs,
      Function<P, Map<String, float[]>> outputs)
      throws IOException {
    train(model, examples);
    List<Map<String, float[]>> expected =
        model.predict(examples.select(IntStream.range(0, COMPARED).toArray())).stream()
            .map(outputs)
            .toList();
    exportTrained(name, model, examples, inputs, expected);
  }

  /** Exports the model, and writes what it computes for some examples to the same folder. */
  private static void exportTrained(
      String name,
      Model<?> model,
      Source examples,
      List<String> inputs,
      List<Map<String, float[]>> expected)
      throws IOException {
    Path to = EXPORTS.resolve("example-" + name);
    delete(to);
    model.exportSavedModel(to.resolve("model"));
    ExampleBatch batch = examples.newBatch(COMPARED);
    examples.fill(IntStream.range(0, COMPARED).toArray(), batch);
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      Shape shape = examples.inputShapes().get(i).prepend(COMPARED);
      float[] given = batch.inputs().get(i);
      values.put(inputs.get(i), Map.of("shape", shape.toListOrNull(), "values", given));
      tensors.put(inputs.get(i), TFloat32.tensorOf(shape, DataBuffers.of(given)));
    }
    Map<String, Object> byIndex = new LinkedHashMap<>();
    IntStream.range(0, COMPARED).forEach(i -> byIndex.put(Integer.toString(i), expected.get(i)));
    List<String> classes = model.classNames();
    new ObjectMapper()
        .writeValue(
            to.resolve("graph.json").toFile(),
            Map.of("inputs", values, "outputs", byIndex, "classNames", classes));
    compare(to.resolve("model"), tensors, expected);
    JsonNode json = new ObjectMapper().readTree(to.resolve("model/assets/model.json").toFile());
    assertEquals(1, json.path("version").intValue());
    if (!classes.isEmpty()) {
      assertEquals(classes, Files.readAllLines(to.resolve("model/assets/classes.txt")));
    }
  }

  /** Closes the tensors. */
  private static void compare(
      Path model, Map<String, Tensor> given, List<Map<String, float[]>> expected) {
    try (SavedModelBundle bundle =
            SavedModelBundle.load(model.toString(), SavedModelBundle.DEFAULT_TAG);
        Result result = bundle.function("serving_default").call(given)) {
      for (int i = 0; i < expected.size(); i++) {
        for (Map.Entry<String, float[]> named : expected.get(i).entrySet()) {
          float[] wanted = named.getValue();
          float[] all = floats(result.get(named.getKey()).orElseThrow());
          for (int j = 0; j < wanted.length; j++) {
            assertEquals(
                wanted[j],
                all[i * wanted.length + j],
                TOLERANCE * Math.max(1, Math.abs(wanted[j])),
                named.getKey());
          }
        }
      }
    } finally {
      given.values().forEach(Tensor::close);
    }
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().size()];
    if (tensor instanceof TInt64 longs) {
      int[] next = {0};
      longs.scalars().forEach(value -> values[next[0]++] = value.getLong());
    } else {
      ((TFloat32) tensor).copyTo(DataBuffers.of(values));
    }
    return values;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
