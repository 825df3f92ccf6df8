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
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Mistakes with a regressor: messages name the argument and the value. */
class RegressorMistakesTest {
  private static final TargetSet IMAGES =
      TargetSet.of(new byte[3 * 16], new float[] {0, 1, 0.5f, 0, 1, 1}, 4, 4, 1, 2);

  private static final RegressorOptions LABELS =
      RegressorOptions.defaults().loss(Losses.sigmoidCrossEntropy());

  private static final FitOptions EPOCH = FitOptions.epochs(1);

  private static void assertFault(Runnable act, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, act::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void messagesNameImagesOfTheWrongShape() {
    TargetSet wide = TargetSet.of(new byte[4 * 5], new float[2], 4, 5, 1, 2);
    TargetSet three = TargetSet.of(new byte[4 * 4], new float[3], 4, 4, 1, 3);
    try (Model<float[]> regressor = Model.of(TinyImages.NETWORK, Tasks.regression(), adam(0.1))) {
      String expected = "[4, 4, 1]";
      String actual = "[4, 5, 1]";
      assertFault(() -> regressor.fit(wide, EPOCH), "images must", expected, actual);
      assertFault(() -> regressor.evaluate(wide), "images must", expected, actual);
      assertFault(() -> regressor.predict(wide), "images must", expected, actual);
      assertFault(() -> regressor.fit(IMAGES, EPOCH, wide), "validation must", expected, actual);
      assertFault(() -> regressor.evaluate(three), "images must", "2 targets", "3");
      assertFault(() -> regressor.predict(new byte[17]), "image must", "16", expected, "17");
      assertFault(
          () -> regressor.fit(IMAGES, EPOCH.validateOn(TinyImages.of(2, 1))),
          "fitOptions",
          "validation",
          "TargetSet");
      assertFault(
          () -> regressor.fit(IMAGES, EPOCH.validationShare(0.5)),
          "fitOptions",
          "validationShare",
          "TargetSet");
    }
  }

  @Test
  void labelTargetsMustBeProbabilities() {
    TargetSet above = TargetSet.of(new byte[2 * 16], new float[] {0, 1, 0, 1.5f}, 4, 4, 1, 2);
    TargetSet below = TargetSet.of(new byte[2 * 16], new float[] {0, -1, 0, 1}, 4, 4, 1, 2);

    try (Model<float[]> regressor =
            Model.of(TinyImages.NETWORK, Tasks.regression(), adam(0.1), LABELS);
        Model<float[]> measures = Model.of(TinyImages.NETWORK, Tasks.regression(), adam(0.1))) {
      assertFault(
          () -> regressor.fit(above, EPOCH),
          "images must",
          "from 0 to 1",
          "target 1 of image 1 is 1.5");
      assertFault(
          () -> regressor.evaluate(below),
          "images must",
          "from 0 to 1",
          "target 1 of image 0 is -1.0");
      assertEquals(1, measures.fit(above, EPOCH, below).validations().size());
      assertFault(() -> regressor.evaluateLabels(IMAGES), "target 0", "1", "0.5");
      String message =
          assertThrows(IllegalStateException.class, () -> measures.evaluateLabels(below))
              .getMessage();
      assertTrue(message.contains("sigmoidCrossEntropy()"), message);
      assertTrue(message.endsWith("MeanSquaredError[]"), message);
    }
  }

  private static void assertRejected(
      List<String> parts, RegressorOptions options, Layer... layers) {
    assertFault(
        () -> Model.of(Network.of(Shape.of(4, 4, 1), layers), Tasks.regression(), adam(1), options),
        parts.toArray(String[]::new));
  }

  @Test
  void rejectsNetworksAndOptionsThatDoNotFit() {
    assertRejected(
        List.of("network", "sigmoid()", "regressor"), LABELS, flatten(), dense(2), sigmoid());
    assertRejected(
        List.of("network", "[targets]", "dense(targets)", "[4, 4, 2]"),
        RegressorOptions.defaults(),
        conv2d(2, 3));
    assertRejected(
        List.of(
            "loss",
            "meanSquaredError()",
            "sigmoidCrossEntropy()",
            "Classifier",
            "SoftmaxCrossEntropy["),
        RegressorOptions.defaults().loss(Losses.softmaxCrossEntropy()),
        flatten(),
        dense(2));
    assertRejected(
        List.of("normalization", "1 channels", "3"),
        LABELS.normalization(new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0))),
        flatten(),
        dense(2));
    assertFault(
        () -> Model.of(Network.of(Shape.of(16), dense(2)), Tasks.regression(), adam(1)),
        "network",
        "[height, width, channels]",
        "flatten()",
        "[16]");
  }

  @Test
  void withMeanSquaredErrorTheNetworkMayEndInSigmoid() {
    Network network = Network.of(Shape.of(4, 4, 1), flatten(), dense(2), sigmoid());
    try (Model<float[]> regressor = Model.of(network, Tasks.regression(), adam(0.1))) {
      // The logits of a black image are the biases, which are 0.
      assertArrayEquals(new float[] {0.5f, 0.5f}, regressor.predict(new byte[16]));
    }
  }

  @Test
  void withAllLayersFrozenItPredictsButRefusesToTrain() {
    try (Model<float[]> regressor =
        Model.of(TinyImages.NETWORK.freeze("dense"), Tasks.regression(), adam(0.1))) {
      assertEquals(2, regressor.predict(new byte[16]).length);
      String message =
          assertThrows(IllegalStateException.class, () -> regressor.fit(IMAGES, EPOCH))
              .getMessage();
      assertTrue(message.contains("frozen"), message);
    }
  }

  @Test
  void manyThreadsPredictAtTheSameTime() {
    float[] image = new float[16];
    image[5] = 1;
    try (Model<float[]> regressor =
        Model.of(TinyImages.NETWORK, Tasks.regression(), adam(0.1), LABELS)) {
      float[] alone = regressor.predict(image);
      IntStream.range(0, 400)
          .parallel()
          .forEach(i -> assertArrayEquals(alone, regressor.predict(image)));
    }
  }

  @Test
  void afterCloseEveryMethodSaysSo() {
    Model<float[]> regressor = Model.of(TinyImages.NETWORK, Tasks.regression(), adam(0.1), LABELS);
    regressor.close();
    regressor.close();
    Path nowhere = Path.of("target", "never-written");
    List<Runnable> uses =
        List.of(
            () -> regressor.fit(IMAGES, EPOCH),
            () -> regressor.evaluate(IMAGES),
            () -> regressor.evaluateLabels(IMAGES),
            () -> regressor.predict(IMAGES),
            () -> regressor.predict(new byte[16]),
            () -> regressor.predict(new float[16]),
            () -> regressor.weights("dense/kernel"),
            () -> regressor.save(nowhere),
            () -> regressor.exportSavedModel(nowhere),
            regressor::graph,
            regressor::session);
    for (Runnable use : uses) {
      assertEquals(
          "the regressor is closed",
          assertThrows(IllegalStateException.class, use::run).getMessage());
    }
    assertFalse(nowhere.toFile().exists());
  }
}
