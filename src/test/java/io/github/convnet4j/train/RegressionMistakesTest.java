package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.sigmoid;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Mistakes with numbers and labels: messages name the argument and the value. */
class RegressionMistakesTest {
  private static final TargetSet IMAGES =
      TargetSet.of(new byte[3 * 16], new float[] {0, 1, 1, 0, 1, 1}, Shape.of(4, 4, 1), 2);

  private static final FitOptions EPOCH = FitOptions.epochs(1);

  private static void assertFault(Runnable act, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, act::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void messagesNameExamplesOfTheWrongShape() {
    TargetSet wide = TargetSet.of(new byte[4 * 5], new float[2], Shape.of(4, 5, 1), 2);
    TargetSet three = TargetSet.of(new byte[4 * 4], new float[3], Shape.of(4, 4, 1), 3);
    try (Model<float[]> model = numbers()) {
      String expected = "[4, 4, 1]";
      String actual = "[4, 5, 1]";
      assertFault(() -> model.fit(wide, EPOCH), "examples must", expected, actual);
      assertFault(() -> model.evaluate(wide), "examples must", expected, actual);
      assertFault(() -> model.predict(wide), "examples must", expected, actual);
      assertFault(
          () -> model.fit(IMAGES, EPOCH.validateOn(wide)),
          "validation examples must",
          expected,
          actual);
      assertFault(() -> model.evaluate(three), "examples must", "[2]", "[3]");
      assertFault(() -> model.predictPixels(new byte[17]), "input must", "16", expected, "17");
    }
  }

  @Test
  void labelTargetsMustBeProbabilities() {
    TargetSet above =
        TargetSet.of(new byte[2 * 16], new float[] {0, 1, 0, 1.5f}, Shape.of(4, 4, 1), 2);
    TargetSet below =
        TargetSet.of(new byte[2 * 16], new float[] {0, -1, 0, 1}, Shape.of(4, 4, 1), 2);

    try (Model<LabelPrediction> labels = labels();
        Model<float[]> numbers = numbers()) {
      assertFault(
          () -> labels.fit(above, EPOCH), "targets of example 1", "target 1", "from 0 to 1", "1.5");
      assertFault(
          () -> labels.evaluate(below), "targets of example 0", "target 1", "from 0 to 1", "-1.0");
      assertFault(
          () -> labels.fit(IMAGES, EPOCH.validateOn(below)),
          "targets of example 0",
          "target 1",
          "-1.0");
      assertTrue(
          numbers.fit(above, EPOCH.validateOn(below)).last().validation().isPresent(),
          "numbers may be of any size");
    }
  }

  private static Model<float[]> numbers() {
    return Model.of(TinyImages.NETWORK, Tasks.regression(), adam(0.1));
  }

  private static Model<LabelPrediction> labels() {
    return Model.of(TinyImages.NETWORK, Tasks.multiLabel(), adam(0.1));
  }

  private static void assertRejected(
      List<String> parts, Task<?> task, ModelOptions options, Layer... layers) {
    assertFault(
        () -> Model.of(Network.of(Shape.of(4, 4, 1), layers), task, adam(1), options),
        parts.toArray(String[]::new));
  }

  @Test
  void rejectsNetworksTasksAndOptionsThatDoNotFit() {
    ModelOptions options = ModelOptions.defaults();
    assertRejected(
        List.of("network", "sigmoid()"),
        Tasks.multiLabel(),
        options,
        flatten(),
        dense(2),
        sigmoid());
    assertRejected(
        List.of("network", "[targets]", "dense(targets)", "[4, 4, 2]"),
        Tasks.regression(),
        options,
        conv2d(2, 3));
    assertRejected(
        List.of("network", "[labels]", "dense(labels)", "[4, 4, 2]"),
        Tasks.multiLabel(),
        options,
        conv2d(2, 3));
    assertRejected(
        List.of("targetNames", "2 outputs", "3"),
        Tasks.regression("a", "b", "c"),
        options,
        flatten(),
        dense(2));
    assertRejected(
        List.of("labelNames", "2 outputs", "1"),
        Tasks.multiLabel("a"),
        options,
        flatten(),
        dense(2));
    assertFault(
        () -> Tasks.regression().loss(Losses.softmaxCrossEntropy()),
        "loss",
        "meanSquaredError()",
        "classification",
        "SoftmaxCrossEntropy[");
    assertRejected(
        List.of("normalization", "1 channels", "3"),
        Tasks.regression(),
        options.normalization(new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0))),
        flatten(),
        dense(2));
  }

  @Test
  void withMeanSquaredErrorTheNetworkMayEndInSigmoid() {
    Network network = Network.of(Shape.of(4, 4, 1), flatten(), dense(2), sigmoid());
    try (Model<float[]> model = Model.of(network, Tasks.regression(), adam(0.1))) {
      // The logits of a black image are the biases, which are 0.
      assertArrayEquals(new float[] {0.5f, 0.5f}, model.predictPixels(new byte[16]));
    }
  }

  @Test
  void withAllLayersFrozenItPredictsButRefusesToTrain() {
    try (Model<float[]> model =
        Model.of(TinyImages.NETWORK.freeze("dense"), Tasks.regression(), adam(0.1))) {
      assertEquals(2, model.predictPixels(new byte[16]).length);
      String message =
          assertThrows(IllegalStateException.class, () -> model.fit(IMAGES, EPOCH)).getMessage();
      assertTrue(message.contains("frozen"), message);
    }
  }

  @Test
  void manyThreadsPredictAtTheSameTime() {
    float[] image = new float[16];
    image[5] = 1;
    try (Model<float[]> model = numbers()) {
      float[] alone = model.predict(image);
      IntStream.range(0, 400)
          .parallel()
          .forEach(i -> assertArrayEquals(alone, model.predict(image)));
    }
  }

  @Test
  void afterCloseEveryMethodSaysSo() {
    Model<LabelPrediction> model = labels();
    model.close();
    model.close();
    Path nowhere = Path.of("target", "never-written");
    List<Runnable> uses =
        List.of(
            () -> model.fit(IMAGES, EPOCH),
            () -> model.evaluate(IMAGES),
            () -> model.predict(IMAGES),
            () -> model.predictPixels(new byte[16]),
            () -> model.predict(new float[16]),
            () -> model.weights("dense/kernel"),
            () -> model.save(nowhere),
            () -> model.exportSavedModel(nowhere),
            model::graph,
            model::session);
    for (Runnable use : uses) {
      assertEquals(
          "the model is closed", assertThrows(IllegalStateException.class, use::run).getMessage());
    }
    assertFalse(nowhere.toFile().exists());
  }
}
