package io.github.convnet4j.train;

import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.flipVertically;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.softmax;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Segmentation;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A class for each pixel. */
class SegmentationTest {
  private static final int SIDE = 4;
  private static final int PIXELS = SIDE * SIDE;
  private static final Segmentation TASK = Tasks.segmentation("dark", "light");

  /** Logits of two classes from one pixel. */
  private static final Network THRESHOLD =
      Network.of(Shape.of(SIDE, SIDE, 1), conv2d(2, 1).kernelInitializer(Initializers.zeros()));

  @TempDir Path folder;

  /** Pixels from 0 to 99 are dark (class 0), those from 156 to 255 light (class 1). */
  private static ExampleSet images(int n, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[n * PIXELS];
    byte[] classes = new byte[n * PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      classes[i] = (byte) random.nextInt(2);
      pixels[i] = (byte) (random.nextInt(100) + 156 * classes[i]);
    }
    return ExampleSet.builder()
        .images("image", pixels, SIDE, SIDE, 1)
        .masks("mask", classes, SIDE, SIDE)
        .build();
  }

  @Test
  void aConvolutionOfOnePixelLearnsAThreshold() {
    try (Model<SegmentedImage> model = Model.of(THRESHOLD, TASK, adam(0.1))) {
      History history =
          model.fit(images(40, 1), FitOptions.epochs(40).batchSize(10).validateOn(images(20, 2)));
      Scores scores = model.evaluate(images(20, 3));
      assertEquals(List.of("accuracy", "mean_iou"), scores.names());
      assertEquals(1, scores.value("accuracy"), scores::toString);
      assertEquals(1, scores.value("mean_iou"), scores::toString);
      assertEquals(20, scores.examples());
      assertEquals(20 * PIXELS, scores.total());
      assertEquals(1, history.last().value("val_mean_iou"));
      assertTrue(history.last().cost() < history.epochs().get(0).cost() / 2, history::toString);
    }
  }

  @Test
  void thePredictionOfAnImageHasAClassForEachPixel() {
    try (Model<SegmentedImage> model = Model.of(THRESHOLD, TASK, adam(0.1))) {
      model.fit(images(40, 1), FitOptions.epochs(40).batchSize(10));
      byte[] image = new byte[PIXELS];
      image[1 * SIDE + 2] = (byte) 255;
      image[3 * SIDE] = (byte) 200;
      SegmentedImage predicted = model.predictPixels(image);
      assertEquals(SIDE, predicted.height());
      assertEquals(SIDE, predicted.width());
      assertEquals(List.of("dark", "light"), predicted.classNames());
      assertEquals(1, predicted.classIndex(1, 2));
      assertEquals(1, predicted.classIndex(3, 0));
      assertEquals(0, predicted.classIndex(2, 1));
      assertEquals(2, predicted.pixels(1));
      assertEquals(PIXELS - 2, predicted.pixels(0));
      assertTrue(predicted.probability(1, 2) > 0.5f && predicted.probability(1, 2) <= 1);
      assertThrows(IndexOutOfBoundsException.class, () -> predicted.classIndex(SIDE, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> predicted.classIndex(0, SIDE));
    }
  }

  /** One image of two pixels, x = 1 and x = 2, whose logits are z = w x + b, at first all 0. */
  private static Model<SegmentedImage> line(Segmentation task) {
    return Model.of(
        Network.of(Shape.of(1, 2, 1), conv2d(2, 1).kernelInitializer(Initializers.zeros())),
        task,
        sgd(0.1));
  }

  private static ExampleSet twoPixels(float... mask) {
    return ExampleSet.builder()
        .input("image", new float[] {1, 2}, 1, 2, 1)
        .target("mask", mask, 1, 2)
        .build();
  }

  @Test
  void aStepMatchesTheFormula() {
    try (Model<SegmentedImage> model = line(TASK)) {
      History history = model.fit(twoPixels(1, 0), FitOptions.epochs(1));
      // All probabilities are one half. The derivative of the loss with respect to z is
      // (0.5, -0.5) / 2 for the first pixel, of class 1, and (-0.5, 0.5) / 2 for the second one.
      assertEquals(Math.log(2), history.last().cost(), 1e-6);
      float w = 0.1f * (2 * 0.25f - 1 * 0.25f);
      assertArrayEquals(new float[] {w, -w}, model.weights("conv2d/kernel"), 1e-7f);
      assertArrayEquals(new float[2], model.weights("conv2d/bias"), 1e-7f);
      // Each pixel's logits are (w x, -w x), so its class 0 has 1 / (1 + exp(-2 w x)).
      double ofFirst = Math.log(1 + Math.exp(2 * w));
      double ofSecond = Math.log(1 + Math.exp(-2 * w * 2));
      assertEquals((ofFirst + ofSecond) / 2, model.evaluate(twoPixels(1, 0)).loss(), 1e-6);
      assertEquals(0.5, model.evaluate(twoPixels(1, 0)).accuracy());
      // Class 0 is predicted twice and right once, class 1 never.
      assertEquals(0.25, model.evaluate(twoPixels(1, 0)).value("mean_iou"));
    }
  }

  /** Only the second pixel counts, and it counts as much as two do otherwise. */
  @Test
  void pixelsWithoutALabelCountNeitherInTheLossNorInTheMetrics() {
    ExampleSet half = twoPixels(255, 0);
    try (Model<SegmentedImage> model = line(TASK.unlabeled(255))) {
      History history = model.fit(half, FitOptions.epochs(1));
      assertEquals(Math.log(2), history.last().cost(), 1e-6);
      assertEquals(1, history.last().value("accuracy"));
      float w = 0.1f * 2 * 0.5f;
      float b = 0.1f * 0.5f;
      assertArrayEquals(new float[] {w, -w}, model.weights("conv2d/kernel"), 1e-7f);
      assertArrayEquals(new float[] {b, -b}, model.weights("conv2d/bias"), 1e-7f);
      Scores scores = model.evaluate(half);
      assertEquals(Math.log(1 + Math.exp(-2 * (2 * w + b))), scores.loss(), 1e-6);
      assertEquals(1, scores.total());
      assertEquals(1, scores.examples());
    }
  }

  @Test
  void anImageWithoutAnyLabelDoesNotChangeTheWeights() {
    try (Model<SegmentedImage> model = line(TASK.unlabeled(255))) {
      History history = model.fit(twoPixels(255, 255), FitOptions.epochs(2));
      assertEquals(0, history.last().cost());
      assertTrue(Double.isNaN(history.last().value("accuracy")), history::toString);
      assertArrayEquals(new float[2], model.weights("conv2d/kernel"));
    }
  }

  private static void assertFault(Runnable act, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, act::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void masksMustHoldClassNumbers() {
    FitOptions epoch = FitOptions.epochs(1);
    try (Model<SegmentedImage> model = line(TASK)) {
      assertFault(
          () -> model.fit(twoPixels(0, 2), epoch),
          "targets of example 0",
          "row 0, column 1 is 2",
          "0 to 1");
      assertFault(() -> model.evaluate(twoPixels(-1, 0)), "row 0, column 0 is -1");
      assertFault(() -> model.fit(twoPixels(0, 0.5f), epoch), "row 0, column 1 is 0.5");
      assertFault(() -> model.fit(twoPixels(255, 0), epoch), "255", "unlabeled");
    }
    try (Model<SegmentedImage> model = line(TASK.unlabeled(255))) {
      assertFault(() -> model.fit(twoPixels(254, 0), epoch), "254");
    }
  }

  private static void assertRejected(Segmentation task, Layer[] layers, String... parts) {
    assertFault(
        () -> Model.of(Network.of(Shape.of(4, 4, 1), layers), task, adam(0.1)).close(), parts);
  }

  private static Layer[] layers(Layer... layers) {
    return layers;
  }

  @Test
  void rejectsNetworksThatDoNotFit() {
    assertRejected(
        TASK, layers(flatten(), dense(2)), "[height, width, classes]", "conv2d(classes, 1)", "[2]");
    assertRejected(TASK, layers(conv2d(1, 1)), "two classes", "[4, 4, 1]");
    assertRejected(TASK, layers(conv2d(3, 1)), "classNames", "3 classes", "2");
    assertRejected(
        Tasks.segmentation(), layers(flatten(), dense(2), softmax()), "[height, width, classes]");
    assertFault(() -> Tasks.segmentation("sky", "sky"), "classNames", "[sky, sky]");
    for (int number : new int[] {0, 1}) {
      assertRejected(TASK.unlabeled(number), layers(conv2d(2, 1)), "unlabeled", ": " + number);
    }
  }

  @Test
  void refusesExamplesWithOtherMasks() {
    ExampleSet wide =
        ExampleSet.builder()
            .images("image", new byte[PIXELS], SIDE, SIDE, 1)
            .masks("mask", new byte[2 * SIDE], 2, SIDE)
            .build();
    try (Model<SegmentedImage> model = Model.of(THRESHOLD, TASK, adam(0.1))) {
      assertFault(() -> model.evaluate(wide), "examples must", "[4, 4]", "[2, 4]");
      assertFault(() -> model.evaluate(TinyImages.of(3, 1)), "[4, 4]", "[2]");
      assertEquals(0, model.stepsTrained());
    }
  }

  /** If the masks stayed, a pixel would be as often light as dark for every value. */
  @Test
  void masksMoveWithTheirImages() {
    Augmentation moves = Augmentation.of(flipHorizontally(), flipVertically());
    try (Model<SegmentedImage> model = Model.of(THRESHOLD, TASK, adam(0.1))) {
      model.fit(images(40, 1), FitOptions.epochs(40).batchSize(10).augment(moves));
      assertEquals(1, model.evaluate(images(20, 3)).value("mean_iou"));
    }
  }

  @Test
  void masksOfAnotherSizeCannotMoveWithTheirImages() {
    Network half = Network.of(Shape.of(SIDE, SIDE, 1), conv2d(2, 1).stride(2)); // -> [2, 2, 2]
    ExampleSet examples =
        ExampleSet.builder()
            .images("image", new byte[PIXELS], SIDE, SIDE, 1)
            .masks("mask", new byte[4], 2, 2)
            .build();
    try (Model<SegmentedImage> model = Model.of(half, TASK, adam(0.1))) {
      assertFault(
          () ->
              model.fit(
                  examples, FitOptions.epochs(1).augment(Augmentation.of(flipHorizontally()))),
          "augment",
          "[4, 4, 1]",
          "[2, 2]");
      model.fit(examples, FitOptions.epochs(1));
    }
  }

  @Test
  void aLoadedModelContinuesAndTheExportPredictsTheSame() {
    ExampleSet images = images(20, 1);
    FitOptions options = FitOptions.upTo(3).batchSize(8).metrics(Metrics.dice());
    Path export = folder.resolve("export");
    Segmentation task = TASK.unlabeled(7);
    try (Model<SegmentedImage> straight = Model.of(THRESHOLD, task, adam(0.1));
        Model<SegmentedImage> first = Model.of(THRESHOLD, task, adam(0.1))) {
      straight.fit(images, options);
      first.fit(images, options.stopAfterSteps(4));
      first.save(folder.resolve("saved"));
      try (Model<SegmentedImage> loaded =
          Model.load(folder.resolve("saved"), SegmentedImage.class)) {
        assertEquals(task, loaded.tasks().get(0).task());
        loaded.fit(images, options);
        assertEquals(straight.history(), loaded.history());
        loaded.exportSavedModel(export);
        assertExported(export, loaded);
      }
    }
  }

  private static void assertExported(Path export, Model<SegmentedImage> model) {
    float[] image = new float[PIXELS];
    image[5] = 1;
    SegmentedImage expected = model.predict(image);
    try (SavedModelBundle bundle =
            SavedModelBundle.load(export.toString(), SavedModelBundle.DEFAULT_TAG);
        TFloat32 in = Tensors.of(Shape.of(1, SIDE, SIDE, 1), image);
        Result out = bundle.function("serving_default").call(Map.of("images", in))) {
      TInt64 classes = (TInt64) out.get("classes").orElseThrow();
      TFloat32 probabilities = (TFloat32) out.get("probabilities").orElseThrow();
      assertEquals(Shape.of(1, SIDE, SIDE), classes.shape());
      assertEquals(Shape.of(1, SIDE, SIDE, 2), probabilities.shape());
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          int predicted = expected.classIndex(row, column);
          assertEquals(predicted, classes.getLong(0, row, column));
          assertEquals(
              expected.probability(row, column),
              probabilities.getFloat(0, row, column, predicted),
              1e-6f);
        }
      }
    }
  }
}
