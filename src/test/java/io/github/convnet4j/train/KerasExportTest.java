package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.gaussianNoise;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.leakyRelu;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.shared;
import static io.github.convnet4j.layer.Layers.spatialDropout;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.outputs;
import static io.github.convnet4j.layer.Nodes.subtract;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.keras.KerasModel;
import io.github.convnet4j.keras.KerasOutput;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.task.Answers;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Reconstruction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/**
 * Exports models as Keras files, and reads them again. {@code
 * src/test/python/check_keras_export.py} opens them with Keras, compares with the {@code
 * expected.json} written here, and trains them.
 */
class KerasExportTest {
  private static final Path EXPORTS = Path.of("target", "keras-exports");
  private static final int EXAMPLES = 3;

  @TempDir private Path folder;

  /** Gives all variables values that are not their initial ones, so that nothing is left out. */
  private static void disturb(Model<?> model) {
    Random random = new Random(1);
    Weights.Builder weights = Weights.builder();
    for (String name : model.weightNames()) {
      float[] values = model.weights(name);
      for (int i = 0; i < values.length; i++) {
        values[i] += name.endsWith("variance") ? random.nextFloat() : 0.2f * random.nextFloat();
      }
      weights.add(name, model.weights().shape(name), values);
    }
    model.loadWeights(weights.build());
  }

  private static Map<String, float[]> example(Network network, Random random) {
    Map<String, float[]> inputs = new LinkedHashMap<>();
    network
        .inputs()
        .forEach(
            (name, shape) -> {
              float[] values = new float[Math.toIntExact(shape.size())];
              for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
              }
              inputs.put(name, values);
            });
    return inputs;
  }

  /** Turns predictions into the numbers that Keras returns. */
  private interface Numbers<P> {
    Map<String, float[]> of(P prediction);
  }

  /** Writes a model, and what it predicts for a few examples. */
  private static <P> KerasModel export(String name, Model<P> model, Numbers<P> numbers)
      throws IOException {
    disturb(model);
    Path place = Files.createDirectories(EXPORTS.resolve(name));
    Path file = place.resolve("model.keras");
    model.exportKeras(file);
    Network network = model.network();
    List<Map<String, Object>> examples = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < EXAMPLES; i++) {
      Map<String, float[]> inputs = example(network, random);
      examples.add(Map.of("inputs", inputs, "outputs", numbers.of(model.predict(inputs))));
    }
    new ObjectMapper().writeValue(place.resolve("expected.json").toFile(), examples);
    KerasModel read = KerasModel.read(file);
    assertEquals(network.outputs(), read.network().outputs());
    assertEquals(network.parameterCount(), read.network().parameterCount());
    return read;
  }

  @Test
  void aClassificationWithNormalization() throws IOException {
    Network network =
        Network.of(
            Shape.of(8, 6, 3),
            conv2d(4, 3).activation(leakyRelu(0.1)),
            batchNorm().momentum(0.5),
            residual(conv2d(6, 3), batchNorm().withFixedStatistics(), relu(), dropout(0.2)),
            concat(separableConv2d(3, 3), sequence(depthwiseConv2d(3).stride(1), relu())),
            spatialDropout(0.1),
            gaussianNoise(0.1),
            globalAveragePool(),
            dense(3));
    ModelOptions options =
        ModelOptions.seed(1)
            .normalization(new Normalization(List.of(0.4, 0.5, 0.6), List.of(0.2, 0.25, 0.3)));
    try (Model<Prediction> model =
        Model.of(network.freeze("conv2d"), Tasks.classification(), adam(0.01), options)) {
      KerasModel read = export("classification", model, p -> Map.of("output", p.probabilities()));
      assertEquals(model.weights(), read.weights());
      assertEquals(
          List.of(new KerasOutput("output", Shape.of(3), Layers.softmax())), read.outputs());
      assertEquals(Set.of("conv2d"), read.network().frozenLayers());
      // The normalization is part of the network that was read.
      try (Model<Prediction> again = Model.of(read.network(), Tasks.classification(), adam(0.01))) {
        again.loadWeights(read.weights());
        float[] pixels = example(network, new Random(8)).get("input");
        assertArrayEquals(
            model.predict(pixels).probabilities(), again.predict(pixels).probabilities(), 1e-6f);
      }
    }
  }

  @Test
  void labelsAndNumbersFromTwoInputs() throws IOException {
    Input left = input("left", 6, 6, 1);
    Input right = input("right", 6, 6, 1);
    Layer tower = shared("tower", conv2d(3, 3), relu(), maxPool(2), flatten(), dense(4));
    Network network =
        Network.of(
            inputs(right, left),
            outputs(
                subtract(left.then(tower), right.then(tower)).then(relu(), dense(2)).as("tags"),
                left.then(flatten(), dense(2)).named("days").as("days")));
    OutputTask<LabelPrediction> tags = Tasks.output("tags", Tasks.multiLabel());
    OutputTask<float[]> days = Tasks.output("days", Tasks.regression());
    try (Model<Answers> model = Model.of(network, Tasks.all(tags, days), adam(0.01))) {
      KerasModel read =
          export(
              "two-inputs",
              model,
              answers ->
                  Map.of("tags", answers.of(tags).probabilities(), "days", answers.of(days)));
      assertEquals(
          List.of(Layers.sigmoid(), Layers.linear()),
          read.outputs().stream().map(KerasOutput::activation).toList());
      assertEquals(List.of("right", "left"), List.copyOf(read.network().inputs().keySet()));
    }
  }

  @Test
  void anImageOfProbabilities() throws IOException {
    Network network =
        Network.of(
            Shape.of(8, 8, 1),
            conv2d(4, 3).stride(2).activation(relu()),
            conv2dTranspose(4, 3).stride(2).activation(relu()),
            conv2d(1, 3));
    Reconstruction task = Tasks.reconstruction().loss(Losses.sigmoidCrossEntropy());
    try (Model<float[]> model = Model.of(network, task, adam(0.01))) {
      KerasModel read = export("reconstruction", model, image -> Map.of("output", image));
      assertEquals(model.weights(), read.weights());
    }
  }

  @Test
  void aModelFromKerasIsTrainedAndGoesBack() throws IOException {
    Network network = Network.of(Shape.of(4), dense(5).activation(relu()), dense(2));
    Path first = folder.resolve("first.keras");
    try (Model<float[]> model = Model.of(network, Tasks.regression(), adam(0.01))) {
      model.exportKeras(first);
    }
    KerasModel keras = KerasModel.read(first);
    Path second = folder.resolve("second.keras");
    try (Model<float[]> model = Model.of(keras.network(), Tasks.regression(), adam(0.01))) {
      model.loadWeights(keras.weights());
      disturb(model);
      model.exportKeras(second);
      KerasModel again = KerasModel.read(second);
      assertEquals(keras.network(), again.network());
      assertEquals(model.weights(), again.weights());
    }
  }

  @Test
  void predictionsThatKerasCannotComputeAreRefused() {
    Network network = Network.of(Shape.of(4), dense(1));
    Path file = folder.resolve("model.keras");
    try (Model<float[]> model =
        Model.of(network, Tasks.regression().loss(Losses.poisson()), adam(0.01))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> model.exportKeras(file));
      assertTrue(
          e.getMessage().contains("output") && e.getMessage().contains("Poisson"), e::getMessage);
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() {
    Network network = Network.of(Shape.of(1), dense(1));
    Path file = folder.resolve("model.keras");
    try (Model<float[]> model = Model.of(network, Tasks.regression(), adam(0.01))) {
      model.loadWeights(
          Weights.builder().add("dense/bias", Shape.of(1), new float[] {Float.NaN}).build());
      NotFiniteException e = assertThrows(NotFiniteException.class, () -> model.exportKeras(file));
      assertTrue(e.getMessage().contains("dense/bias"), e::getMessage);
    }
    assertFalse(Files.exists(file));
  }
}
