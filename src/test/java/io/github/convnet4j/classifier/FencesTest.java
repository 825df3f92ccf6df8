package io.github.convnet4j.classifier;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.sigmoid;
import static io.github.convnet4j.layer.Layers.softmax;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** What must not take the process down, nor end in a stack trace that names no remedy. */
class FencesTest {
  private static final DataSet IMAGES = TinyImages.of(30, 1);
  private static final FitOptions EPOCH = FitOptions.epochs(1).batchSize(10);

  /**
   * Counts its training steps in a variable of its own, and has a trainable one that it ignores.
   */
  private record Counting() implements Layer {
    @Override
    public String kind() {
      return "counting";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return List.of(
          Parameter.statistic("count", Shape.of(1), Initializers.zeros()),
          Parameter.trainable("ignored", Shape.of(1), Initializers.ones()));
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      context.weight("ignored");
      Operand<TFloat32> one = context.tf().constant(new float[] {1});
      context.addUpdate(
          context
              .tf()
              .assign(
                  context.variable("count"), context.tf().math.add(context.weight("count"), one)));
      return input;
    }
  }

  @Test
  void variablesOffTheLosssPathDoNotStopTheTraining() {
    Network network = Network.of(Shape.of(4, 4, 1), flatten(), new Counting(), dense(2));
    try (Classifier classifier = Classifier.of(network, adam(0.01f))) {
      double first = classifier.fit(IMAGES, EPOCH).last().cost();
      assertTrue(classifier.fit(IMAGES, EPOCH).last().cost() < first);
      assertArrayEquals(new float[] {6}, classifier.weights("counting/count"));
      assertArrayEquals(new float[] {1}, classifier.weights("counting/ignored"));
    }
  }

  @Test
  void frozenLayersStayAsTheyWere() {
    Network network =
        Network.of(Shape.of(4, 4, 1), conv2d(2, 3), batchNorm(), relu(), flatten(), dense(2))
            .freeze("conv2d", "batch_norm");
    try (Classifier classifier = Classifier.of(network, adam(0.1f))) {
      float[] kernel = classifier.weights("conv2d/kernel");
      float[] mean = classifier.weights("batch_norm/moving_mean");
      float[] dense = classifier.weights("dense/kernel");
      classifier.fit(IMAGES, EPOCH);
      assertArrayEquals(kernel, classifier.weights("conv2d/kernel"));
      assertArrayEquals(mean, classifier.weights("batch_norm/moving_mean"));
      assertFalse(Arrays.equals(dense, classifier.weights("dense/kernel")));
    }
  }

  @Test
  void allFrozenItPredictsButDoesNotTrain() {
    try (Classifier classifier = Classifier.of(TinyImages.NETWORK.freeze("dense"), adam(0.1f))) {
      assertEquals(30, classifier.evaluate(IMAGES).total());
      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> classifier.fit(IMAGES, EPOCH));
      assertEquals(
          "there is nothing to train: no layer that the loss depends on has variables that are not"
              + " frozen",
          error.getMessage());
    }
  }

  @Test
  void imagesThatAreNotNumbersGiveNoNumbersButNoCrash() {
    float[] pixels = new float[2 * 16];
    Arrays.fill(pixels, Float.NaN);
    DataSet nothing = DataSet.of(pixels, new int[] {0, 1}, 4, 4, 1, 2);
    try (Classifier classifier = Classifier.of(TinyImages.NETWORK, adam(0.1f))) {
      assertFalse(Float.isNaN(classifier.predict(new float[16]).probability()));
      assertTrue(Double.isNaN(classifier.evaluate(nothing).loss()));
      assertTrue(Double.isNaN(classifier.fit(nothing, EPOCH).last().cost()));
      Prediction prediction = classifier.predict(new float[16]);
      assertTrue(Float.isNaN(prediction.probability()));
      assertEquals(0, prediction.classIndex());
    }
  }

  @Test
  void afterCloseEveryMethodSaysSo() {
    Classifier classifier = Classifier.of(TinyImages.NETWORK, adam(0.1f));
    classifier.close();
    classifier.close();
    Path nowhere = Path.of("target", "never-written");
    List<Runnable> uses =
        List.of(
            () -> classifier.fit(IMAGES, EPOCH),
            () -> classifier.evaluate(IMAGES),
            () -> classifier.predict(IMAGES),
            () -> classifier.predict(new byte[16]),
            () -> classifier.predict(new float[16]),
            () -> classifier.weights("dense/kernel"),
            () -> classifier.save(nowhere),
            () -> classifier.exportSavedModel(nowhere),
            classifier::graph,
            classifier::session);
    for (Runnable use : uses) {
      assertEquals(
          "the classifier is closed",
          assertThrows(IllegalStateException.class, use::run).getMessage());
    }
    assertFalse(nowhere.toFile().exists());
  }

  private static void assertFault(String message, Runnable act) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, act::run).getMessage());
  }

  @Test
  void imagesOfOtherSizesAreRefusedByName() {
    DataSet wide = DataSet.of(new byte[4 * 5], new int[1], 4, 5, 1, 2);
    DataSet colour = DataSet.of(new byte[4 * 4 * 3], new int[1], 4, 4, 3, 2);
    DataSet tenClasses = DataSet.of(new byte[4 * 4], new int[1], 4, 4, 1, 10);
    try (Classifier classifier = Classifier.of(TinyImages.NETWORK, adam(0.1f))) {
      assertFault(
          "images must have images of the network's input shape [4, 4, 1]: they are [4, 5, 1]",
          () -> classifier.fit(wide, EPOCH));
      assertFault(
          "validation must have images of the network's input shape [4, 4, 1]: they are [4, 4, 3]",
          () -> classifier.fit(IMAGES, EPOCH.validateOn(colour)));
      assertFault(
          "images must have the network's 2 classes: it has 10",
          () -> classifier.evaluate(tenClasses));
      assertFault(
          "images must have images of the network's input shape [4, 4, 1]: they are [4, 4, 3]",
          () -> classifier.predict(colour));
      assertFault(
          "image must be of the network's input shape [4, 4, 1], 16 values: it has 17",
          () -> classifier.predict(new byte[17]));
      assertFault("batchSize must be at least 1: 0", () -> classifier.evaluate(IMAGES, 0));
      assertFault("batchSize must be at least 1: -1", () -> classifier.predict(IMAGES, -1));
      assertFault(
          "no variable is called dense/weight; there are [dense/kernel, dense/bias]",
          () -> classifier.weights("dense/weight"));
    }
  }

  private static void assertRefused(String message, ClassifierOptions options, Layer... layers) {
    assertFault(
        message, () -> Classifier.of(Network.of(Shape.of(4, 4, 1), layers), adam(1), options));
  }

  @Test
  void networksThatDoNotFitAreRefused() {
    ClassifierOptions options = ClassifierOptions.defaults();
    assertRefused(
        "network must end in logits: leave out the softmax() at its end, the classifier adds it",
        options,
        flatten(),
        dense(2),
        softmax());
    assertRefused(
        "network must end in logits: leave out the sigmoid() at its end, the classifier adds it",
        options,
        flatten(),
        dense(2),
        sigmoid());
    assertRefused(
        "network must give [classes]: it gives [4, 4, 2]: end it in dense(classes)",
        options,
        conv2d(2, 3));
    assertRefused(
        "classNames must be one for each of the network's 2 classes: there are 3",
        options.classNames("a", "b", "c"),
        flatten(),
        dense(2));
    assertRefused(
        "normalization must have one mean for each of the images' 1 channels: there are 3",
        options.normalization(new Normalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f))),
        flatten(),
        dense(2));
    assertRefused(
        "loss must give probabilities: softmaxCrossEntropy() or sigmoidCrossEntropy(), not"
            + " MeanSquaredError[]",
        options.loss(Losses.meanSquaredError()),
        flatten(),
        dense(2));
    assertRefused(
        "classWeights must be one for each of the 2 classes: [1.0]",
        options.loss(Losses.softmaxCrossEntropy().classWeights(1)),
        flatten(),
        dense(2));
    assertFault(
        "network must take [height, width, channels] (put flatten() first for one of dense layers"
            + " alone): it takes [16]",
        () -> Classifier.of(Network.of(Shape.of(16), dense(2)), adam(1)));
    assertFault("classNames must all be different: [a, a]", () -> options.classNames("a", "a"));
  }
}
