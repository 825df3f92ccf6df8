package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Scores and prediction. */
class EvaluateTest {
  private static final DataSet IMAGES = BundledDigits.read().train().subset(0, 101);
  private static Model<Prediction> model;

  @BeforeAll
  static void train() {
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(4, 3).stride(2).l2(0.1),
            batchNorm().momentum(0.8),
            relu(),
            dropout(0.5),
            flatten(),
            dense(10));
    model = Model.of(network, Tasks.classification(), adam(0.01));
    model.fit(IMAGES, FitOptions.epochs(3).batchSize(25));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void lossIsTheMeanNegativeLogProbabilityOfTheLabels() {
    List<Prediction> predictions = model.predict(IMAGES);
    double sum = 0;
    int correct = 0;
    for (int i = 0; i < IMAGES.size(); i++) {
      sum -= Math.log(predictions.get(i).probabilities()[IMAGES.label(i)]);
      correct += predictions.get(i).classIndex() == IMAGES.label(i) ? 1 : 0;
    }
    Scores evaluation = model.evaluate(IMAGES);
    assertEquals(sum / 101, evaluation.loss(), 1e-5);
    assertEquals(correct, evaluation.correct());
    assertEquals(101, evaluation.total());
    assertEquals(correct / 101.0, evaluation.accuracy());
    assertTrue(correct > 50, evaluation::toString);
  }

  @Test
  void passesOnEachPredictionThatTheScoresAreBasedOn() {
    List<Integer> indices = new ArrayList<>();
    int[] correct = new int[1];
    double[] loss = new double[1];
    Scores scores =
        model.evaluate(
            IMAGES,
            (index, prediction, targets) -> {
              indices.add(index);
              assertArrayEquals(IMAGES.oneHot(index), targets.get(0));
              correct[0] += prediction.classIndex() == IMAGES.label(index) ? 1 : 0;
              loss[0] -= Math.log(prediction.probabilities()[IMAGES.label(index)]);
            });
    assertEquals(model.evaluate(IMAGES), scores);
    assertEquals(IntStream.range(0, IMAGES.size()).boxed().toList(), indices);
    assertEquals(scores.correct(), correct[0]);
    assertEquals(scores.loss(), loss[0] / IMAGES.size(), 1e-5);
    assertEquals(Prediction.class, model.predictionType());
  }

  @Test
  void doesNotDependOnTheBatchSize() {
    Scores whole = model.evaluate(IMAGES, 101);
    for (int batchSize : new int[] {1, 2, 7, 50, 100}) {
      Scores evaluation = model.evaluate(IMAGES, batchSize);
      // Matrix products of other sizes may add in another order: a few float epsilons of
      // difference.
      assertEquals(whole.loss(), evaluation.loss(), 1e-6 * whole.loss());
      assertEquals(
          whole.confusionMatrix().orElseThrow(), evaluation.confusionMatrix().orElseThrow());
    }
    assertEquals(whole, model.evaluate(IMAGES, 101), "no dropout, so always the same");
  }

  @Test
  void predictionsDoNotDependOnTheBatchSize() {
    List<Prediction> whole = model.predict(IMAGES);
    for (int batchSize : new int[] {1, 2, 7, 50, 100, 101, 1_000}) {
      List<Prediction> predictions = model.predict(IMAGES, batchSize);
      assertEquals(101, predictions.size());
      for (int i = 0; i < 101; i++) {
        assertArrayEquals(whole.get(i).probabilities(), predictions.get(i).probabilities(), 1e-6f);
      }
    }
  }

  @Test
  void bytesFloatsAndDataSetsGiveTheSamePredictions() {
    List<Prediction> many = model.predict(IMAGES);
    assertEquals(101, many.size());
    for (int i : new int[] {0, 50, 100}) {
      float[] ofBytes = model.predictPixels(IMAGES.image(i)).probabilities();
      assertArrayEquals(ofBytes, model.predict(IMAGES.imageFloats(i)).probabilities());
      assertArrayEquals(ofBytes, many.get(i).probabilities(), 1e-6f);
      assertEquals(1, sum(ofBytes), 1e-6);
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void bytesAreScaledAsInDataSets() {
    byte[] all = new byte[28 * 28];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    DataSet data = DataSet.of(all, new int[] {0}, Shape.of(28, 28, 1), 10);
    assertArrayEquals(
        model.predict(data.imageFloats(0)).probabilities(),
        model.predictPixels(all).probabilities());
  }

  /** Normalization in the graph is equivalent to normalizing the pixels beforehand. */
  @Test
  void normalizationInTheGraphEqualsNormalizedPixels() {
    DataSet images = TinyImages.of(20, 4);
    Normalization normalization = Normalization.of(images);
    float mean = normalization.mean().get(0).floatValue();
    float deviation = normalization.standardDeviation().get(0).floatValue();
    float[] normalized = new float[20 * 16];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < normalized.length; i++) {
      normalized[i] = (images.imageFloats(i / 16)[i % 16] - mean) / deviation;
      sum += normalized[i];
      squares += normalized[i] * normalized[i];
    }
    assertEquals(0, sum / normalized.length, 1e-5);
    assertEquals(1, squares / normalized.length, 1e-5);
    DataSet by = DataSet.of(normalized, images.labels(), Shape.of(4, 4, 1), 2);
    ModelOptions options = ModelOptions.seed(1);
    try (Model<Prediction> inside =
            Model.of(
                TinyImages.NETWORK,
                Tasks.classification(),
                adam(0.01),
                options.normalization(normalization));
        Model<Prediction> outside =
            Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01), options)) {
      FitOptions epochs = FitOptions.epochs(2).batchSize(10);
      // TensorFlow replaces the division by a constant with a multiplication by its reciprocal.
      assertEquals(
          outside.fit(by, epochs).last().cost(), inside.fit(images, epochs).last().cost(), 1e-6);
      assertEquals(outside.evaluate(by).loss(), inside.evaluate(images).loss(), 1e-6);
    }
  }

  @Test
  void classesHaveTheGivenNames() {
    Classification task = Tasks.classification("dark", "light");
    try (Model<Prediction> model = Model.of(TinyImages.NETWORK, task, adam(0.1))) {
      DataSet images = TinyImages.of(40, 1);
      model.fit(images, FitOptions.epochs(10).batchSize(10));
      String name = task.classNames().get(images.label(3));
      assertEquals(name, model.predictPixels(images.image(3)).className());
      assertEquals(
          List.of("dark", "light"),
          model.evaluate(images).confusionMatrix().orElseThrow().classNames());
    }
    assertEquals("7", EvaluateTest.model.classNames().get(7));
  }

  @Test
  void withSigmoidCrossEntropyProbabilitiesAreIndependent() {
    Classification task = Tasks.classification().loss(Losses.sigmoidCrossEntropy());
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, task, adam(0.01), ModelOptions.seed(2))) {
      DataSet images = TinyImages.of(40, 1);
      double before = model.evaluate(images).loss();
      model.fit(images, FitOptions.epochs(10).batchSize(10));
      assertTrue(model.evaluate(images).loss() < before / 2);
      assertTrue(Math.abs(1 - sum(model.predict(new float[16]).probabilities())) > 1e-3);
    }
  }
}
