package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.reshape;
import static io.github.convnet4j.layer.Layers.sigmoid;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.multiply;
import static io.github.convnet4j.layer.Nodes.outputs;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Answers;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/**
 * Models of networks that are not chains: they train, are saved, loaded and exported. {@code
 * src/test/python/check_export.py} reads the exports with TensorFlow in Python.
 */
class GraphModelsTest {
  private static final Path EXPORTS = Path.of("target", "exports");
  private static final int SIDE = 28;
  private static final int SIZE = 60;
  private static final FitOptions TWO = epochs(2).batchSize(20);

  @TempDir private Path folder;

  /** Which digit an image shows. */
  private static final OutputTask<Prediction> DIGIT = Tasks.output("digit", Tasks.classification());

  /** The sum of the digit and the number that is the second input. */
  private static final OutputTask<float[]> SUM =
      Tasks.output("sum", Tasks.regression("sum")).weight(0.1);

  private static Network twoInputs() {
    Input image = input("image", SIDE, SIDE, 1);
    Input number = input("number", 1);
    Node seen = image.then(conv2d(4, 3), relu(), maxPool(2), flatten());
    Node both = concat(seen, number.then(dense(4), relu()));
    return Network.of(
        inputs(image, number),
        outputs(seen.then(dense(10)).as("digit"), both.then(dense(1)).as("sum")));
  }

  private static ExampleSet digitsAndNumbers() {
    float[] numbers = new float[SIZE];
    float[] sums = new float[SIZE];
    int[] labels = new int[SIZE];
    float[] pixels = new float[SIZE * SIDE * SIDE];
    for (int i = 0; i < SIZE; i++) {
      labels[i] = BundledDigits.read().train().label(i);
      System.arraycopy(
          BundledDigits.read().train().imageFloats(i), 0, pixels, i * SIDE * SIDE, SIDE * SIDE);
      numbers[i] = i % 5;
      sums[i] = labels[i] + numbers[i];
    }
    return ExampleSet.builder()
        .input("image", pixels, SIDE, SIDE, 1)
        .input("number", numbers, 1)
        .classTarget("digit", labels, 10)
        .target("sum", sums, 1)
        .build();
  }

  private static Network uNet() {
    Input image = input("image", SIDE, SIDE, 1);
    Node full = image.then(conv2d(4, 3), relu());
    Node half = full.then(maxPool(2), conv2d(8, 3), relu());
    Node up = half.then(conv2dTranspose(4, 2).stride(2), relu());
    return Network.of(image, concat(full, up).then(conv2d(2, 1)));
  }

  private static ExampleSet darkPixels() {
    byte[] masks = new byte[SIZE * SIDE * SIDE];
    byte[] pixels = new byte[SIZE * SIDE * SIDE];
    for (int i = 0; i < SIZE; i++) {
      byte[] image = BundledDigits.read().train().image(i);
      System.arraycopy(image, 0, pixels, i * image.length, image.length);
      for (int p = 0; p < image.length; p++) {
        masks[i * image.length + p] = (byte) ((image[p] & 0xff) > 127 ? 1 : 0);
      }
    }
    return ExampleSet.builder()
        .images("image", pixels, SIDE, SIDE, 1)
        .masks("mask", masks, SIDE, SIDE)
        .build();
  }

  private static Network squeezeAndExcite() {
    Input image = input("image", SIDE, SIDE, 1);
    Node maps = image.then(conv2d(8, 3), relu());
    Node gates =
        maps.then(globalAveragePool(), dense(2), relu(), dense(8), sigmoid(), reshape(1, 1, 8));
    return Network.of(image, multiply(maps, gates).then(flatten(), dense(10)));
  }

  @Test
  void twoInputsAndTwoOutputs() throws IOException {
    ExampleSet examples = digitsAndNumbers();
    try (Model<Answers> model =
        Model.of(twoInputs(), Tasks.all(DIGIT, SUM), adam(0.01), ModelOptions.seed(1))) {
      Scores before = model.evaluate(examples);
      History history =
          model.fit(
              examples,
              TWO.validateOn(examples),
              EarlyStopping.on("val_sum_mean_absolute_error", 5));
      Scores after = model.evaluate(examples);
      assertEquals(
          List.of("digit_loss", "sum_loss", "digit_accuracy", "sum_mean_absolute_error"),
          after.names());
      assertTrue(after.loss() < before.loss(), before + " then " + after);
      assertEquals(after.value("digit_loss") + 0.1 * after.value("sum_loss"), after.loss(), 1e-6);
      assertEquals(after.values(), history.last().validation().orElseThrow().values());

      Map<String, float[]> first = inputsOf(model, examples, 0);
      Answers answers = model.predict(first);
      assertEquals(10, answers.of(DIGIT).probabilities().length);
      assertEquals(1, answers.of(SUM).length);
      assertThrows(
          IllegalArgumentException.class, () -> model.predict(Map.of("image", first.get("image"))));
      assertThrows(IllegalStateException.class, () -> model.predict(first.get("image")));

      resumesBitForBit(model, examples, Answers.class);
      try (Model<Answers> loaded = Model.load(folder, Answers.class)) {
        assertArrayEquals(model.predict(first).of(SUM), loaded.predict(first).of(SUM), 0);
      }
      export(model, examples, "two-inputs");
    }
  }

  @Test
  void aUNet() throws IOException {
    ExampleSet examples = darkPixels();
    try (Model<SegmentedImage> model =
        Model.of(uNet(), Tasks.segmentation("light", "dark"), adam(0.02), ModelOptions.seed(1))) {
      model.fit(examples, epochs(10).batchSize(20));
      assertTrue(
          model.evaluate(examples).value("mean_iou") > 0.9, model.evaluate(examples)::toString);
      resumesBitForBit(model, examples, SegmentedImage.class);
      export(model, examples, "u-net");
    }
  }

  @Test
  void squeezeAndExciteBlocks() throws IOException {
    Source examples = BundledDigits.read().train().subset(0, SIZE);
    try (Model<Prediction> model =
        Model.of(squeezeAndExcite(), Tasks.classification(), adam(0.01), ModelOptions.seed(1))) {
      double before = model.evaluate(examples).loss();
      model.fit(examples, TWO);
      assertTrue(model.evaluate(examples).loss() < before);
      resumesBitForBit(model, examples, Prediction.class);
      export(model, examples, "squeeze-and-excite");
    }
  }

  /** Saves the model, and trains it and the loaded one further: both have the same weights. */
  private <P> void resumesBitForBit(Model<P> model, Source examples, Class<P> predictions) {
    model.save(folder);
    try (Model<P> loaded = Model.load(folder, predictions)) {
      assertEquals(model.network(), loaded.network());
      assertEquals(model.tasks(), loaded.tasks());
      model.fit(examples, TWO);
      loaded.fit(examples, TWO);
      assertEquals(model.weights(), loaded.weights());
    }
    model.save(folder);
  }

  private static Map<String, float[]> inputsOf(Model<?> model, Source examples, int index) {
    ExampleBatch batch = examples.newBatch(1);
    examples.fill(new int[] {index}, batch);
    Map<String, float[]> named = new LinkedHashMap<>();
    int i = 0;
    for (String name : model.network().inputs().keySet()) {
      named.put(name, batch.inputs().get(i++));
    }
    return named;
  }

  /** Exports the model, and writes what it computes for some examples to the same folder. */
  private static void export(Model<?> model, Source examples, String name) throws IOException {
    Path to = EXPORTS.resolve("graph-" + name);
    if (Files.exists(to)) {
      try (Stream<Path> all = Files.walk(to)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(to);
    model.exportSavedModel(to.resolve("model"));
    int count = 3;
    ExampleBatch batch = examples.newBatch(count);
    examples.fill(IntStream.range(0, count).toArray(), batch);
    Map<String, Object> inputs = new LinkedHashMap<>();
    List<String> names = List.copyOf(model.network().inputs().keySet());
    for (int i = 0; i < names.size(); i++) {
      Shape shape = examples.inputShapes().get(i).prepend(count);
      inputs.put(
          names.size() == 1 ? "images" : names.get(i),
          Map.of("shape", shape.toListOrNull(), "values", batch.inputs().get(i)));
    }
    Map<String, Object> outputs = new LinkedHashMap<>();
    List<?> predictions = model.predict(examples.select(IntStream.range(0, count).toArray()));
    for (int i = 0; i < count; i++) {
      outputs.put(String.valueOf(i), described(predictions.get(i)));
    }
    new ObjectMapper()
        .writeValue(
            to.resolve("graph.json").toFile(), Map.of("inputs", inputs, "outputs", outputs));
  }

  /** Returns the outputs of the exported signature for one example. */
  private static Map<String, Object> described(Object prediction) {
    if (prediction instanceof Answers answers) {
      return Map.of(
          "digit_probabilities", answers.of(DIGIT).probabilities(),
          "sum_predictions", answers.of(SUM));
    }
    return prediction instanceof SegmentedImage image
        ? Map.of("classes", image.classes())
        : Map.of("probabilities", ((Prediction) prediction).probabilities());
  }
}
