package io.github.convnet4j.train;

import static io.github.convnet4j.augment.Transforms.cutMix;
import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.flipVertically;
import static io.github.convnet4j.augment.Transforms.hue;
import static io.github.convnet4j.augment.Transforms.mixUp;
import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.randAugment;
import static io.github.convnet4j.augment.Transforms.randomCrop;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.rotate90;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.outputs;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Coordinates.Unit.FRACTIONS;
import static io.github.convnet4j.task.Coordinates.Unit.PIXELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.augment.Fill;
import io.github.convnet4j.augment.Transform;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Regression;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** Targets follow augmented images, or augmentation is refused. */
class AugmenterTest {
  private static final int SIDE = 12;
  private static final Shape IMAGE = Shape.of(SIDE, SIDE, 1);
  private static final Augmentation EXACT =
      Augmentation.of(flipHorizontally(), flipVertically(), rotate90(), randomCrop(4))
          .fill(Fill.constant(0));

  @TempDir Path folder;

  /** Light boxes on black, and their edges as targets. */
  private static TargetSet boxes(int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * SIDE * SIDE];
    float[] targets = new float[4 * count];
    for (int i = 0; i < count; i++) {
      int left = random.nextInt(SIDE - 4);
      int top = random.nextInt(SIDE - 4);
      int right = left + 2 + random.nextInt(SIDE - left - 2);
      int bottom = top + 2 + random.nextInt(SIDE - top - 2);
      for (int y = top; y < bottom; y++) {
        int row = (i * SIDE + y) * SIDE;
        Arrays.fill(pixels, row + left, row + right, (byte) 255);
      }
      float[] box = {left, top, right, bottom};
      System.arraycopy(box, 0, targets, 4 * i, 4);
    }
    return TargetSet.of(pixels, targets, IMAGE, 4);
  }

  /** Returns the edges of what is light in an image; empty if nothing is. */
  private static float[] lightBox(float[] images, int image) {
    int left = SIDE;
    int top = SIDE;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        if (images[(image * SIDE + y) * SIDE + x] > 0) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    return right == 0 ? new float[0] : new float[] {left, top, right, bottom};
  }

  private static ExampleBatch augmented(Source examples, Task<?> task, Augmentation augmentation) {
    Heads<?> heads = Heads.of(Map.of("output", Shape.of(4)), task);
    ExampleBatch batch = examples.read(IntStream.range(0, examples.size()).toArray());
    new Augmenter(augmentation, examples.inputShapes(), heads, 7).augment(batch, 1000);
    return batch;
  }

  @Test
  void boxesEndWhereTheLightPixelsEnd() {
    TargetSet examples = boxes(200, 1);
    Regression task = Tasks.regression().boxes(PIXELS);
    ExampleBatch batch = augmented(examples, task, EXACT);
    int inside = 0;
    for (int i = 0; i < 200; i++) {
      float[] expected = lightBox(batch.input(), i);
      float[] target = Arrays.copyOfRange(batch.target(), 4 * i, 4 * i + 4);
      if (expected.length > 0) {
        assertArrayEquals(expected, target, "image " + i);
        inside++;
      }
    }
    assertTrue(inside > 190, "boxes in the image: " + inside);
  }

  @Test
  void fractionsMoveLikePixels() {
    TargetSet examples = boxes(50, 1);
    Augmentation all = Augmentation.of(rotate(30), zoom(0.8, 1.2), shift(0.2));
    float[] pixels = augmented(examples, Tasks.regression().boxes(PIXELS), all).target();
    float[] shares = examples.read(IntStream.range(0, 50).toArray()).target();
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= SIDE;
    }
    DataSet images = imagesOf(examples);
    TargetSet inFractions = TargetSet.of(images, shares, 4);
    float[] fractions = augmented(inFractions, Tasks.regression().boxes(FRACTIONS), all).target();
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(pixels[i] / SIDE, fractions[i], 1e-5, "number " + i);
    }
  }

  private static DataSet imagesOf(TargetSet examples) {
    int count = examples.size();
    float[] pixels = examples.read(IntStream.range(0, count).toArray()).input();
    return DataSet.of(pixels, new int[count], IMAGE, 2);
  }

  /** Only pixels that are blended with the background may be outside. */
  @Test
  void aRotatedBoxContainsTheRotatedPixels() {
    ExampleBatch batch =
        augmented(
            boxes(100, 2),
            Tasks.regression().boxes(PIXELS),
            Augmentation.of(rotate(60), shift(0.1)).fill(Fill.constant(0)));
    for (int i = 0; i < 100; i++) {
      float[] light = lightBox(batch.input(), i);
      float[] target = Arrays.copyOfRange(batch.target(), 4 * i, 4 * i + 4);
      if (light.length > 0) {
        for (int edge = 0; edge < 4; edge++) {
          double outside = edge < 2 ? target[edge] - light[edge] : light[edge] - target[edge];
          assertTrue(outside < 1.5, "image " + i + ", edge " + edge + ": " + outside);
        }
      }
    }
  }

  @Test
  void plainTargetsStay() {
    TargetSet examples = boxes(20, 1);
    float[] before = examples.read(IntStream.range(0, 20).toArray()).target();
    assertArrayEquals(before, augmented(examples, Tasks.regression(), EXACT).target());
  }

  /** A linear network learns where the light is, and goes on learning if it moves. */
  @Test
  void learnsBoxesFromMovedImagesAsWellAsFromUnmovedOnes() {
    Network network = Network.of(IMAGE, flatten(), dense(64), relu(), dense(4));
    double[] errors = new double[2];
    Regression[] tasks = {
      Tasks.regression("x1", "y1", "x2", "y2").boxes(PIXELS),
      Tasks.regression("x1", "y1", "x2", "y2")
    };
    for (int i = 0; i < 2; i++) {
      try (Model<float[]> model = Model.of(network, tasks[i], adam(0.01), ModelOptions.seed(1))) {
        model.fit(
            boxes(400, 1),
            FitOptions.epochs(25)
                .batchSize(20)
                .augment(Augmentation.of(flipHorizontally(), flipVertically(), shift(0.1))));
        errors[i] = model.evaluate(boxes(200, 2)).value("mean_absolute_error");
      }
    }
    assertTrue(errors[0] < 0.5, "error of boxes that move: " + errors[0]);
    assertTrue(errors[1] > 1, "error of boxes that stay: " + errors[1]);
  }

  /** Before targets moved, such a network learned to 0.004 without augmentation and 0.082 with. */
  @Test
  void anIdentityIsLearnedEquallyWellWithFlipsAndShifts() {
    Source twins = BundledDigits.read().train().subset(0, 200).withInputsAsTargets();
    Network network =
        Network.of(Shape.of(28, 28, 1), conv2d(1, 1).kernelInitializer(Initializers.zeros()));
    List<Double> errors = new ArrayList<>();
    for (Augmentation augmentation :
        List.of(Augmentation.none(), Augmentation.of(flipHorizontally(), shift(0.1)))) {
      try (Model<float[]> model =
          Model.of(network, Tasks.reconstruction(), adam(0.05), ModelOptions.seed(1))) {
        model.fit(twins, FitOptions.epochs(20).batchSize(20).augment(augmentation));
        errors.add(model.evaluate(twins).value("mean_absolute_error"));
      }
    }
    assertTrue(errors.get(0) < 0.01, errors::toString);
    assertEquals(errors.get(0), errors.get(1), 0.005);
  }

  /** With black corners, the network sees other pictures in training than in testing. */
  @Test
  void darkInkIsLearnedAsWellAsWhiteDigits() {
    DataSets digits = BundledDigits.read();
    Augmentation moves = Augmentation.of(shift(0.2), rotate(20));
    double white = accuracy(digits.train(), digits.test(), moves);
    double dark = accuracy(inverted(digits.train()), inverted(digits.test()), moves);
    double black =
        accuracy(inverted(digits.train()), inverted(digits.test()), moves.fill(Fill.constant(0)));
    assertTrue(dark > white - 0.05, dark + " and " + white);
    assertTrue(dark > black + 0.1, dark + " and " + black);
  }

  private static double accuracy(DataSet train, DataSet test, Augmentation augmentation) {
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(8, 3).stride(2),
            batchNorm(),
            relu(),
            conv2d(16, 3).stride(2),
            batchNorm(),
            relu(),
            flatten(),
            dense(10));
    double sum = 0;
    for (int seed = 1; seed <= 2; seed++) {
      try (Model<Prediction> model =
          Model.of(network, Tasks.classification(), adam(0.003), ModelOptions.seed(seed))) {
        model.fit(train, FitOptions.epochs(5).batchSize(25).augment(augmentation));
        sum += model.evaluate(test).accuracy();
      }
    }
    return sum / 2;
  }

  private static DataSet inverted(DataSet images) {
    float[] pixels = images.batch(0, images.size()).images();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 1 - pixels[i];
    }
    return DataSet.of(
        pixels, images.batch(0, images.size()).classLabels(), Shape.of(28, 28, 1), 10);
  }

  @Test
  void learnsFromMixedImagesAndCountsTheirLargerPart() {
    for (Transform mix : List.of(mixUp(0.3), cutMix(0.3))) {
      try (Model<Prediction> model =
          Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.05), ModelOptions.seed(1))) {
        History history =
            model.fit(
                TinyImages.of(100, 1),
                FitOptions.epochs(20)
                    .batchSize(10)
                    .metrics(Metrics.named("roc_auc"), Metrics.named("log_loss"))
                    .augment(Augmentation.of(mix)));
        assertTrue(history.last().value("accuracy") > 0.8, history::toString);
        assertTrue(history.last().value("roc_auc") > 0.8, history::toString);
        assertEquals(1, model.evaluate(TinyImages.of(50, 2)).accuracy(), 0.05);
      }
    }
  }

  /** The metric needs ones and zeros, which mixed labels are not. */
  @Test
  void metricsOfLabelsWorkWithMixedLabels() {
    DataSet images = TinyImages.of(60, 1);
    float[] labels = images.batch(0, 60).labels();
    TargetSet examples = TargetSet.of(images, labels, 2);
    try (Model<LabelPrediction> model =
        Model.of(TinyImages.NETWORK, Tasks.multiLabel(), adam(0.05), ModelOptions.seed(1))) {
      History history =
          model.fit(
              examples,
              FitOptions.epochs(20)
                  .batchSize(10)
                  .metrics(Metrics.named("label_roc_auc"))
                  .augment(Augmentation.of(mixUp(0.3))));
      assertTrue(history.last().value("label_roc_auc") > 0.8, history::toString);
    }
  }

  /** Three steps per epoch; the run stops after five and is saved. */
  @Test
  void mixedAndRandomlyChosenChangesResumeInTheMiddleOfAnEpoch() {
    FitOptions options =
        FitOptions.upTo(3)
            .batchSize(10)
            .augment(Augmentation.of(randAugment(2, 15), mixUp(0.4), cutMix(1)));
    DataSet images = TinyImages.of(28, 1);
    ModelOptions seeded = ModelOptions.seed(7);
    List<Double> costs = new ArrayList<>();
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01), seeded)) {
      costs.addAll(model.fit(images, options.stopAfterSteps(5)).costs());
      model.save(folder);
    }
    try (Model<Prediction> model = Model.load(folder, Prediction.class);
        Model<Prediction> straight =
            Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01), seeded)) {
      costs.addAll(model.fit(images, options).costs());
      assertEquals(straight.fit(images, options).costs(), costs);
      assertEquals(9, model.stepsTrained());
      assertArrayEquals(straight.weights("dense/kernel"), model.weights("dense/kernel"));
    }
  }

  @Test
  void savedModelsKnowTheirBoxes() {
    Regression task =
        Tasks.regression("x1", "y1", "x2", "y2").boxes(FRACTIONS, "x1", "y1", "x2", "y2");
    Network network = Network.of(IMAGE, flatten(), dense(4));
    try (Model<float[]> model = Model.of(network, task, adam(0.01))) {
      model.save(folder);
    }
    try (Model<float[]> model = Model.load(folder, float[].class)) {
      assertEquals(task, model.tasks().get(0).task());
    }
  }

  @Test
  void refusesToMixTargetsThatAreNoShares() {
    Network network = Network.of(IMAGE, flatten(), dense(4));
    refuses(network, Tasks.regression(), boxes(20, 1), "mixUp", "Regression", mixUp(1));
    Network image = Network.of(IMAGE, conv2d(1, 1));
    Source twins = imagesOf(boxes(20, 1)).withInputsAsTargets();
    refuses(image, Tasks.reconstruction(), twins, "mixesTargets", "Reconstruction", cutMix(1));
  }

  @Test
  void refusesToMixTheOnlyImageOfABatch() {
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01))) {
      FitOptions alone = FitOptions.epochs(1).batchSize(1).augment(Augmentation.of(mixUp(1)));
      String message =
          assertThrows(IllegalArgumentException.class, () -> model.fit(TinyImages.of(5, 1), alone))
              .getMessage();
      assertTrue(message.contains("batchSize") && message.endsWith(": 1"), message);
      assertEquals(0, model.stepsTrained());
    }
  }

  @Test
  void refusesTransformsThatDoNotSuitTheImages() {
    Network network = Network.of(IMAGE, flatten(), dense(4));
    refuses(network, Tasks.regression(), boxes(20, 1), "hue", "[12, 12, 1]", hue(0.1));
  }

  /** Predicts a row of numbers for each example. */
  private record Rows() implements Task<float[]> {
    @Override
    public Class<float[]> predictionType() {
      return float[].class;
    }

    @Override
    public Loss loss() {
      return Losses.meanSquaredError();
    }

    @Override
    public float[] prediction(float[] values, Shape output) {
      return values;
    }
  }

  @Test
  void refusesOnlyMovementForTasksThatDoNotSayHowTargetsFollow() {
    Network image = Network.of(IMAGE, conv2d(1, 1));
    Source twins = imagesOf(boxes(20, 1)).withInputsAsTargets();
    refuses(image, new Rows(), twins, "targetMovement", "Rows", flipHorizontally());
    try (Model<float[]> model = Model.of(image, new Rows(), adam(0.01))) {
      model.fit(twins, FitOptions.epochs(1).augment(Augmentation.of(noise(0.1))));
      assertEquals(1, model.stepsTrained());
    }
  }

  @Test
  void refusesBoxesInImagesOfDifferentSizes() {
    Input small = input("small", 6, 6, 1);
    Input large = input("large", 12, 12, 1);
    Node both = concat(small.then(flatten()), large.then(flatten()));
    Network network = Network.of(inputs(small, large), outputs(both.then(dense(4)).as("box")));
    Heads<?> heads = Heads.of(network.outputs(), Tasks.regression().boxes(PIXELS));
    List<Shape> inputs = List.copyOf(network.inputs().values());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Augmenter.check(Augmentation.of(flipHorizontally()), 10, inputs, heads))
            .getMessage();
    assertTrue(message.contains("[6, 6, 1]") && message.contains("[12, 12, 1]"), message);
    Augmenter.check(Augmentation.of(noise(0.1)), 10, inputs, heads);
  }

  private static void refuses(
      Network network,
      Task<float[]> task,
      Source examples,
      String first,
      String second,
      Transform transform) {
    try (Model<float[]> model = Model.of(network, task, adam(0.01))) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      model.fit(examples, FitOptions.epochs(1).augment(Augmentation.of(transform))))
              .getMessage();
      assertTrue(message.contains(first) && message.contains(second), message);
      assertEquals(0, model.stepsTrained());
    }
  }
}
