package io.github.convnet4j.classifier;

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
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** What does not fit a regressor is refused by name, and nothing works after its end. */
class RegressorFencesTest {
  private static final TargetSet IMAGES =
      TargetSet.of(new byte[3 * 16], new float[] {0, 1, 0.5f, 0, 1, 1}, 4, 4, 1, 2);

  private static final RegressorOptions LABELS =
      RegressorOptions.defaults().loss(Losses.sigmoidCrossEntropy());

  private static final FitOptions EPOCH = FitOptions.epochs(1);

  private static void assertFault(String message, Runnable act) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, act::run).getMessage());
  }

  @Test
  void imagesOfOtherShapesAreRefusedByName() {
    TargetSet wide = TargetSet.of(new byte[4 * 5], new float[2], 4, 5, 1, 2);
    TargetSet three = TargetSet.of(new byte[4 * 4], new float[3], 4, 4, 1, 3);
    try (Regressor regressor = Regressor.of(TinyImages.NETWORK, adam(0.1f))) {
      String wrongSize =
          " must have images of the network's input shape [4, 4, 1]: they are [4, 5, 1]";
      assertFault("images" + wrongSize, () -> regressor.fit(wide, EPOCH));
      assertFault("images" + wrongSize, () -> regressor.evaluate(wide));
      assertFault("images" + wrongSize, () -> regressor.predict(wide));
      assertFault("validation" + wrongSize, () -> regressor.fit(IMAGES, EPOCH, wide));
      assertFault(
          "images must have the network's 2 targets each: they have 3",
          () -> regressor.evaluate(three));
      assertFault(
          "image must be of the network's input shape [4, 4, 1], 16 values: it has 17",
          () -> regressor.predict(new byte[17]));
      assertFault(
          "fitOptions must not have validation images, which have classes: give fit a TargetSet",
          () -> regressor.fit(IMAGES, EPOCH.validateOn(TinyImages.of(2, 1))));
      assertFault(
          "fitOptions must not have validation images, which have classes: give fit a TargetSet",
          () -> regressor.fit(IMAGES, EPOCH.validationShare(0.5)));
    }
  }

  @Test
  void targetsOfLabelsMustBeProbabilities() {
    TargetSet above = TargetSet.of(new byte[2 * 16], new float[] {0, 1, 0, 1.5f}, 4, 4, 1, 2);
    TargetSet below = TargetSet.of(new byte[2 * 16], new float[] {0, -1, 0, 1}, 4, 4, 1, 2);
    String must = "images must have targets from 0 to 1 for sigmoidCrossEntropy(): ";
    try (Regressor regressor = Regressor.of(TinyImages.NETWORK, adam(0.1f), LABELS);
        Regressor measures = Regressor.of(TinyImages.NETWORK, adam(0.1f))) {
      assertFault(must + "target 1 of image 1 is 1.5", () -> regressor.fit(above, EPOCH));
      assertFault(must + "target 1 of image 0 is -1.0", () -> regressor.evaluate(below));
      assertEquals(1, measures.fit(above, EPOCH, below).validations().size());
      assertFault(
          "target 0 of example 1 must be 0 or 1: 0.5", () -> regressor.evaluateLabels(IMAGES));
      assertEquals(
          "labels are told by a regressor whose loss is sigmoidCrossEntropy(), not"
              + " MeanSquaredError[]",
          assertThrows(IllegalStateException.class, () -> measures.evaluateLabels(below))
              .getMessage());
    }
  }

  private static void assertRefused(String message, RegressorOptions options, Layer... layers) {
    assertFault(
        message, () -> Regressor.of(Network.of(Shape.of(4, 4, 1), layers), adam(1), options));
  }

  @Test
  void networksThatDoNotFitAreRefused() {
    assertRefused(
        "network must end in logits: leave out the sigmoid() at its end, the regressor adds it",
        LABELS,
        flatten(),
        dense(2),
        sigmoid());
    assertRefused(
        "network must give [targets]: it gives [4, 4, 2]: end it in dense(targets)",
        RegressorOptions.defaults(),
        conv2d(2, 3));
    assertRefused(
        "loss must be meanSquaredError() or sigmoidCrossEntropy() (for one class of several use a"
            + " Classifier), not SoftmaxCrossEntropy[labelSmoothing=0.0, classWeights=[]]",
        RegressorOptions.defaults().loss(Losses.softmaxCrossEntropy()),
        flatten(),
        dense(2));
    assertRefused(
        "normalization must have one mean for each of the images' 1 channels: there are 3",
        LABELS.normalization(new Normalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f))),
        flatten(),
        dense(2));
    assertFault(
        "network must take [height, width, channels] (put flatten() first for one of dense layers"
            + " alone): it takes [16]",
        () -> Regressor.of(Network.of(Shape.of(16), dense(2)), adam(1)));
  }

  @Test
  void numbersBetweenZeroAndOneMayEndInSigmoidUnderMeanSquaredError() {
    Network network = Network.of(Shape.of(4, 4, 1), flatten(), dense(2), sigmoid());
    try (Regressor regressor = Regressor.of(network, adam(0.1f))) {
      // Of a black image, whose logits are the biases, 0.
      assertArrayEquals(new float[] {0.5f, 0.5f}, regressor.predict(new byte[16]));
    }
  }

  @Test
  void allFrozenItPredictsButDoesNotTrain() {
    try (Regressor regressor = Regressor.of(TinyImages.NETWORK.freeze("dense"), adam(0.1f))) {
      assertEquals(2, regressor.predict(new byte[16]).length);
      String message =
          assertThrows(IllegalStateException.class, () -> regressor.fit(IMAGES, EPOCH))
              .getMessage();
      assertTrue(message.startsWith("there is nothing to train: "), message);
    }
  }

  @Test
  void manyThreadsPredictAtOnce() {
    float[] image = new float[16];
    image[5] = 1;
    try (Regressor regressor = Regressor.of(TinyImages.NETWORK, adam(0.1f), LABELS)) {
      float[] alone = regressor.predict(image);
      IntStream.range(0, 400)
          .parallel()
          .forEach(i -> assertArrayEquals(alone, regressor.predict(image)));
    }
  }

  @Test
  void afterCloseEveryMethodSaysSo() {
    Regressor regressor = Regressor.of(TinyImages.NETWORK, adam(0.1f), LABELS);
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
