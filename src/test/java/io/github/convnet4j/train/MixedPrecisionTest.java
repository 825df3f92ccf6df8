package io.github.convnet4j.train;

import static io.github.convnet4j.initializer.Initializers.ones;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.softmax;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/** Convolutions and products in bfloat16, everything else in float32. */
class MixedPrecisionTest {
  private static final DataSet TRAIN = BundledDigits.read().train();
  private static final DataSet TEST = BundledDigits.read().test();

  /** bfloat16 has 8 significant bits: 1 + 2^-9 lies between 1 and the next value, 1 + 2^-7. */
  private static final float NEAR_ONE = 1 + 1f / 512;

  private static final Network DIGITS =
      Network.of(
          Shape.of(TRAIN.height(), TRAIN.width(), 1),
          conv2d(8, 3).withoutBias(),
          relu(),
          maxPool(2),
          residual(conv2d(8, 3), batchNorm(), relu()),
          flatten(),
          dense(32).activation(relu()),
          dropout(0.2),
          dense(10));

  @TempDir private Path folder;

  private static Model<Prediction> model(ModelOptions options) {
    return Model.of(DIGITS, Tasks.classification(), adam(0.002), options);
  }

  private static ModelOptions mixed() {
    return ModelOptions.seed(7).mixedPrecision();
  }

  private static List<String> operations(Graph graph, Predicate<GraphOperation> wanted) {
    List<String> names = new ArrayList<>();
    graph
        .operations()
        .forEachRemaining(
            operation -> {
              if (wanted.test(operation)) {
                names.add(operation.name());
              }
            });
    return names;
  }

  private static boolean isBfloat16(GraphOperation operation) {
    return operation.numOutputs() > 0 && operation.output(0).dataType() == DataType.DT_BFLOAT16;
  }

  private static boolean isFloat32(GraphOperation operation) {
    return operation.output(0).dataType() == DataType.DT_FLOAT
        || operation.output(0).dataType() == DataType.DT_FLOAT_REF;
  }

  private static float[] probabilities(Model<Prediction> model) {
    return model.predict(TEST.imageFloats(0)).probabilities();
  }

  static Stream<Layer> products() {
    return Stream.of(
        conv2d(1, 1).kernelInitializer(ones()),
        conv2d(1, 1).dilation(2).kernelInitializer(ones()),
        conv2d(2, 1).groups(2).kernelInitializer(ones()),
        conv2dTranspose(1, 1).kernelInitializer(ones()),
        separableConv2d(1, 1).kernelInitializer(ones()),
        residual(conv2d(4, 1).kernelInitializer(ones())),
        sequence(flatten(), dense(1).kernelInitializer(ones())));
  }

  /** Returns what a layer and a second one, whose weights are ones, make of equal values. */
  private static float output(Layer layer, float value, ModelOptions options) {
    Network network =
        Network.of(
            Shape.of(2, 2, 4),
            // Not the first layer, whose input would be rounded even if it computed in float32.
            layer,
            flatten(),
            dense(1).kernelInitializer(ones()));
    float[] input = new float[16];
    Arrays.fill(input, value);
    try (Model<float[]> model = Model.of(network, Tasks.regression(), sgd(0.1), options)) {
      return model.predict(input)[0];
    }
  }

  @ParameterizedTest
  @MethodSource("products")
  void hiddenProductsCannotTellOnePlus2ToTheMinus9FromOne(Layer layer) {
    ModelOptions full = ModelOptions.defaults();
    assertNotEquals(output(layer, 1, full), output(layer, NEAR_ONE, full));
    boolean addsItsInput = layer.kind().equals("residual");
    if (!addsItsInput) {
      assertEquals(
          output(layer, 1, full.mixedPrecision()), output(layer, NEAR_ONE, full.mixedPrecision()));
    }
    assertEquals(output(layer, 1, full), output(layer, 1, full.mixedPrecision()));
    ModelOptions onlyTraining = full.mixedPrecisionIn(Set.of(Mode.TRAINING));
    assertEquals(output(layer, NEAR_ONE, full), output(layer, NEAR_ONE, onlyTraining));
    ModelOptions off = full.mixedPrecision().session(SessionOptions.standard().fullPrecision());
    assertEquals(output(layer, NEAR_ONE, full), output(layer, NEAR_ONE, off));
  }

  static Stream<List<Layer>> lastLayers() {
    return Stream.of(
        List.of(dense(3)),
        List.of(dense(3), softmax()),
        List.of(sequence(dense(3), relu())),
        List.of(residual(dense(4))));
  }

  @ParameterizedTest
  @MethodSource("lastLayers")
  void theLayerThatComputesTheOutputIsFloat32(List<Layer> layers) {
    Network network = Network.of(Shape.of(4), layers);
    try (Model<float[]> model =
        Model.of(network, Tasks.regression(), sgd(0.1), ModelOptions.seed(1).mixedPrecision())) {
      assertEquals(List.of(), operations(model.graph(), MixedPrecisionTest::isBfloat16));
    }
  }

  @Test
  void depthwiseConvolutionsAreFloat32() {
    Layer[] layers = {depthwiseConv2d(3), conv2d(4, 3).groups(4), flatten(), dense(1)};
    Network network = Network.of(Shape.of(4, 4, 4), layers);
    try (Model<float[]> model =
        Model.of(network, Tasks.regression(), sgd(0.1), ModelOptions.seed(1).mixedPrecision())) {
      assertEquals(List.of(), operations(model.graph(), MixedPrecisionTest::isBfloat16));
    }
  }

  @Test
  void withoutItTheGraphHasNoBfloat16() {
    assertEquals(graph(Set.of()), graph(Set.of(Mode.TRAINING)));
    assertNotEquals(graph(Set.of()), graph(Set.of(Mode.INFERENCE)));
    try (Model<Prediction> model = model(ModelOptions.seed(7))) {
      model.fit(TRAIN, epochs(1).stopAfterSteps(1));
      assertEquals(List.of(), operations(model.graph(), MixedPrecisionTest::isBfloat16));
      assertEquals(Set.of(), model.options().mixedPrecisionIn());
    }
  }

  private static GraphDef graph(Set<Mode> mixedPrecision) {
    try (NativeGraph graph = NativeGraph.open()) {
      Ops tf = graph.ops();
      Shape images = DIGITS.input().prepend(-1);
      DIGITS
          .build(tf, "net", 1, Rewrite.all(), mixedPrecision)
          .apply(tf.placeholder(TFloat32.class, Placeholder.shape(images)), Mode.INFERENCE);
      return graph.graph().toGraphDef();
    }
  }

  @Test
  void variablesOptimizerAndLossAreFloat32() {
    try (Model<Prediction> model = model(mixed())) {
      model.fit(TRAIN, epochs(1).stopAfterSteps(1));
      Graph graph = model.graph();
      for (String type :
          new String[] {
            "VariableV2", "ApplyAdam", "SoftmaxCrossEntropyWithLogits", "BiasAddGrad"
          }) {
        Predicate<GraphOperation> ofType = operation -> operation.type().equals(type);
        List<String> all = operations(graph, ofType);
        assertFalse(all.isEmpty(), type);
        assertEquals(all, operations(graph, ofType.and(MixedPrecisionTest::isFloat32)), type);
      }
      for (String type :
          new String[] {"Conv2DBackpropInput", "Conv2DBackpropFilter", "MaxPool", "MaxPoolGrad"}) {
        Predicate<GraphOperation> ofType = operation -> operation.type().equals(type);
        List<String> all = operations(graph, ofType);
        assertFalse(all.isEmpty(), type);
        assertEquals(all, operations(graph, ofType.and(MixedPrecisionTest::isBfloat16)), type);
      }
    }
  }

  @Test
  void gradientsAreThoseOfFullPrecisionUpToRounding() {
    // A step at rate 1 subtracts the gradient.
    Network network =
        Network.of(
            Shape.of(TRAIN.height(), TRAIN.width(), 1),
            sequence(conv2d(8, 3).activation(relu()), maxPool(2), conv2d(8, 3), relu()),
            sequence(conv2dTranspose(4, 2).stride(2), relu(), separableConv2d(4, 3), flatten()),
            sequence(dense(16), relu(), dense(10)));
    List<Model<Prediction>> models = new ArrayList<>();
    for (ModelOptions options : List.of(ModelOptions.seed(7), mixed())) {
      Model<Prediction> model = Model.of(network, Tasks.classification(), sgd(1), options);
      models.add(model);
      float[][] before =
          network.parameters().stream().map(p -> model.weights(p.name())).toArray(float[][]::new);
      model.fit(TRAIN, epochs(1).batchSize(100).stopAfterSteps(1));
      int i = 0;
      for (Parameter parameter : network.parameters()) {
        assertFalse(Arrays.equals(before[i++], model.weights(parameter.name())), parameter::name);
      }
    }
    try (Model<Prediction> full = models.get(0);
        Model<Prediction> mixed = models.get(1);
        Model<Prediction> start =
            Model.of(network, Tasks.classification(), sgd(1), ModelOptions.seed(7))) {
      Map<String, Double> errors = new TreeMap<>();
      for (Parameter parameter : network.parameters()) {
        float[] from = start.weights(parameter.name());
        float[] expected = full.weights(parameter.name());
        float[] actual = mixed.weights(parameter.name());
        double difference = 0;
        double size = 0;
        for (int i = 0; i < from.length; i++) {
          difference += Math.pow(expected[i] - actual[i], 2);
          size += Math.pow(expected[i] - from[i], 2);
        }
        // The gradients of biases are sums of which little is left: their errors are larger.
        if (parameter.shape().numDimensions() > 1) {
          errors.put(parameter.name(), Math.sqrt(difference / size));
        }
      }
      // Some ten roundings to 8 bits, and a ReLU here and there that lets another value through.
      assertTrue(
          errors.values().stream().allMatch(error -> error < 0.05), () -> "relative " + errors);
    }
  }

  @Test
  void learnsTheDigitsAsWellAsInFullPrecision() {
    try (Model<Prediction> full = model(ModelOptions.seed(7));
        Model<Prediction> mixed = model(mixed())) {
      full.fit(TRAIN, epochs(6).batchSize(50));
      mixed.fit(TRAIN, epochs(6).batchSize(50));
      double expected = full.evaluate(TEST).accuracy();
      double accuracy = mixed.evaluate(TEST).accuracy();
      assertTrue(expected > 0.8, () -> "full precision: " + expected);
      assertTrue(accuracy > expected - 0.04, () -> accuracy + ", full precision: " + expected);
    }
  }

  @Test
  void givesTheSameBytesForTheSameSeedAlsoIfItResumesFromASave() {
    Path saved = folder.resolve("saved");
    try (Model<Prediction> whole = model(mixed());
        Model<Prediction> stopped = model(mixed())) {
      whole.fit(TRAIN, epochs(2).batchSize(50));
      stopped.fit(TRAIN, epochs(2).batchSize(50).stopAfterSteps(25));
      stopped.save(saved);
      try (Model<Prediction> resumed = Model.load(saved, Prediction.class)) {
        assertEquals(Set.of(Mode.TRAINING, Mode.INFERENCE), resumed.options().mixedPrecisionIn());
        resumed.fit(TRAIN, FitOptions.upTo(2).batchSize(50));
        assertArrayEquals(whole.snapshot().toBytes(), resumed.snapshot().toBytes());
        assertArrayEquals(probabilities(whole), probabilities(resumed));
      }
    }
  }

  @Test
  void aSavedModelCanBeUsedInFullPrecisionAndKeepsItsOwn() {
    Path saved = folder.resolve("saved");
    Path again = folder.resolve("again");
    float[] rounded;
    try (Model<Prediction> model = model(mixed())) {
      model.fit(TRAIN, epochs(1).batchSize(50));
      model.save(saved);
      rounded = probabilities(model);
    }
    float[] exact;
    try (Model<Prediction> full =
        Model.load(
            saved,
            Prediction.class,
            ModelJson.standard(),
            SessionOptions.standard().fullPrecision())) {
      exact = probabilities(full);
      assertFalse(Arrays.equals(rounded, exact));
      assertArrayEquals(exact, rounded, 0.02f);
      full.save(again);
    }
    try (Model<Prediction> model = Model.load(again, Prediction.class)) {
      assertArrayEquals(rounded, probabilities(model));
    }
  }

  @Test
  void anExportedModelHasFullPrecision() {
    Path exported = folder.resolve("exported");
    float[] exact;
    try (Model<Prediction> model = model(mixed());
        Model<Prediction> full = model(ModelOptions.seed(7))) {
      model.exportSavedModel(exported);
      exact = probabilities(full);
      assertFalse(Arrays.equals(exact, probabilities(model)));
    }
    try (SavedModelBundle bundle = SavedModelBundle.load(exported.toString(), "serve");
        TFloat32 image = Tensors.of(DIGITS.input().prepend(1), TEST.imageFloats(0));
        Result out = bundle.function("serving_default").call(Map.of("images", image))) {
      assertEquals(List.of(), operations(bundle.graph(), MixedPrecisionTest::isBfloat16));
      assertArrayEquals(exact, Tensors.floats(out.get("probabilities").orElseThrow()), 1e-6f);
    }
  }

  @Test
  void aFileOfKerasHasFullPrecision() throws IOException {
    Path full = folder.resolve("full.keras");
    Path mixed = folder.resolve("mixed.keras");
    try (Model<Prediction> model = model(ModelOptions.seed(7))) {
      model.exportKeras(full);
    }
    try (Model<Prediction> model = model(mixed())) {
      model.exportKeras(mixed);
    }
    for (String member : new String[] {"config.json", "model.weights.h5"}) {
      assertArrayEquals(member(full, member), member(mixed, member), member);
    }
  }

  private static byte[] member(Path file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return in.readAllBytes();
    }
  }
}
