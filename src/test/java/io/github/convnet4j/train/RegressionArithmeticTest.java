package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.Tasks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Numbers and labels: what a model computes, compared with arithmetic. */
class RegressionArithmeticTest {
  /** One pixel, two outputs: z = w x + b; w and b are initially 0. */
  private static final Network LINE =
      Network.of(
          Shape.of(1, 1, 1),
          flatten(),
          dense(2).kernelInitializer(Initializers.zeros()).biasInitializer(Initializers.zeros()));

  private static final float RATE = 0.1f;

  @Test
  void twoStepsOfRegressionMatchTheFormula() {
    // The cost is the mean of (z - y)² over 2 examples and 2 outputs; its derivative with respect
    // to z is (z - y) * 2 / 4.
    TargetSet data =
        TargetSet.of(new float[] {1, 2}, new float[] {1, -2, 3, 4}, Shape.of(1, 1, 1), 2);
    try (Model<float[]> model = Model.of(LINE, Tasks.regression(), sgd(RATE))) {
      History history = model.fit(data, FitOptions.epochs(2).batchSize(2));
      // At first all z are 0, so the cost is (1 + 4 + 9 + 16) / 4. The derivatives are -y / 2, so
      //   w = 0.1 * (1 * 1 + 2 * 3, 1 * -2 + 2 * 4) / 2 = (0.35, 0.3)
      //   b = 0.1 * (1 + 3, -2 + 4) / 2 = (0.2, 0.1)
      assertEquals(7.5, history.costs().get(0), 1e-6);
      // Then z is (0.55, 0.4) for x = 1 and (0.9, 0.7) for x = 2, with the errors (-0.45, 2.4) and
      // (-2.1, -3.3).
      assertEquals(
          (0.45 * 0.45 + 2.4 * 2.4 + 2.1 * 2.1 + 3.3 * 3.3) / 4, history.costs().get(1), 1e-5);
      assertArrayEquals(
          new float[] {
            0.35f + RATE * (1 * 0.45f + 2 * 2.1f) / 2, 0.3f + RATE * (1 * -2.4f + 2 * 3.3f) / 2
          },
          model.weights("dense/kernel"),
          1e-6f);
      assertArrayEquals(
          new float[] {0.2f + RATE * (0.45f + 2.1f) / 2, 0.1f + RATE * (-2.4f + 3.3f) / 2},
          model.weights("dense/bias"),
          1e-6f);
      assertEquals(2, model.stepsTrained());
    }
  }

  @Test
  void aStepOfSigmoidCrossEntropyMatchesTheFormula() {
    TargetSet data =
        TargetSet.of(new float[] {1, 2}, new float[] {1, 1, 0, 1}, Shape.of(1, 1, 1), 2);
    try (Model<LabelPrediction> model = Model.of(LINE, Tasks.multiLabel(), sgd(RATE))) {
      assertArrayEquals(new float[] {0.5f, 0.5f}, model.predict(new float[] {3}).probabilities());
      History history = model.fit(data, FitOptions.epochs(1));
      // Every probability is one half, so the cost is log 2. The derivative with respect to z is
      // (0.5 - y) / 4.
      assertEquals(Math.log(2), history.costs().get(0), 1e-6);
      float[] kernel = {RATE * (1 * 0.5f - 2 * 0.5f) / 4, RATE * (1 * 0.5f + 2 * 0.5f) / 4};
      float[] bias = {0, RATE * (0.5f + 0.5f) / 4};
      assertArrayEquals(kernel, model.weights("dense/kernel"), 1e-7f);
      assertArrayEquals(bias, model.weights("dense/bias"), 1e-7f);
      float[] predicted = model.predict(new float[] {3}).probabilities();
      assertEquals(1 / (1 + Math.exp(-3 * kernel[0])), predicted[0], 1e-6);
      assertEquals(1 / (1 + Math.exp(-3 * kernel[1] - bias[1])), predicted[1], 1e-6);
    }
  }

  /** Repeats the steps by hand, in the order of {@link EpochOrder}, with a short last batch. */
  @Test
  void epochsAreShuffledAndTheirLastBatchIsShort() {
    float[] pixels = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f};
    float[] targets = {5, 1, 4, 2, 3};
    Network network =
        Network.of(Shape.of(1, 1, 1), flatten(), dense(1).kernelInitializer(Initializers.zeros()));
    EpochOrder order = EpochOrder.of(5, 9);
    double w = 0;
    double b = 0;
    double[] costs = new double[3];
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] indices = order.next();
      for (int from = 0; from < 5; from += 2) {
        int n = Math.min(2, 5 - from);
        double slopeW = 0;
        double slopeB = 0;
        for (int i = from; i < from + n; i++) {
          double error = w * pixels[indices[i]] + b - targets[indices[i]];
          costs[epoch] += error * error / 5;
          slopeW += 2 * error * pixels[indices[i]] / n;
          slopeB += 2 * error / n;
        }
        w -= RATE * slopeW;
        b -= RATE * slopeB;
      }
    }
    try (Model<float[]> model = Model.of(network, Tasks.regression(), sgd(RATE))) {
      History history =
          model.fit(
              TargetSet.of(pixels, targets, Shape.of(1, 1, 1), 1),
              FitOptions.epochs(3).batchSize(2).shuffleSeed(9));
      for (int epoch = 0; epoch < 3; epoch++) {
        assertEquals(costs[epoch], history.costs().get(epoch), 1e-5);
      }
      assertEquals(w, model.weights("dense/kernel")[0], 1e-5);
      assertEquals(b, model.weights("dense/bias")[0], 1e-5);
      assertEquals(9, model.stepsTrained());
    }
  }

  /** 250 images of one pixel. */
  @Test
  void evaluationIsExactWithAShortLastBatch() {
    int n = 250;
    float[] pixels = new float[n];
    float[] targets = new float[n];
    for (int i = 0; i < n; i++) {
      pixels[i] = i / 1000f;
      targets[i] = i < 200 ? 0 : 1;
    }
    Network network =
        Network.of(
            Shape.of(1, 1, 1),
            flatten(),
            dense(1)
                .kernelInitializer(Initializers.zeros())
                .biasInitializer(Initializers.constant(0.5)));
    TargetSet images = TargetSet.of(pixels, targets, Shape.of(1, 1, 1), 1);
    try (Model<float[]> model = Model.of(network, Tasks.regression(), sgd(RATE))) {
      // Each error is 0.5. The mean target is 0.2, so the variance is 0.16 and R² is 1 - 0.25 /
      // 0.16.
      Scores scores = model.evaluate(images, Metrics.r2());
      assertEquals(0.25, scores.loss());
      assertEquals(0.5, scores.value("mean_absolute_error"));
      assertEquals(1 - 0.25 / 0.16, scores.value("r2"), 1e-12);
    }
    try (Model<LabelPrediction> model = Model.of(network, Tasks.multiLabel(), sgd(RATE))) {
      // Each probability is sigmoid(0.5), above one half: correct for the labels that are 1.
      double p = 1 / (1 + Math.exp(-0.5));
      Scores scores = model.evaluate(images, Metrics.exactMatch());
      assertEquals(-0.2 * Math.log(p) - 0.8 * Math.log(1 - p), scores.loss(), 1e-6);
      assertEquals(Map.of("label_accuracy", 0.2, "exact_match", 0.2), scores.values());
      List<LabelPrediction> many = model.predict(images);
      assertEquals(n, many.size());
      many.forEach(each -> assertEquals(p, each.probability("0"), 1e-6));
    }
  }
}
