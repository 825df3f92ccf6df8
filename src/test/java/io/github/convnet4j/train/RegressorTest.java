package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.evaluate.MultiLabelEvaluation;
import io.github.convnet4j.evaluate.RegressionEvaluation;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Tasks;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** A regressor learns numbers, and labels of which an image can have several. */
class RegressorTest {
  private static final DataSets DIGITS = DataSets.digits();
  private static final Set<Integer> PRIMES = Set.of(2, 3, 5, 7);

  /** The mean brightness of the upper and of the lower half of each image. */
  private static TargetSet brightness(DataSet images) {
    float[] targets = new float[images.size() * 2];
    for (int i = 0; i < images.size(); i++) {
      float[] pixels = images.imageFloats(i);
      for (int p = 0; p < pixels.length; p++) {
        int half = p < pixels.length / 2 ? 0 : 1;
        targets[2 * i + half] += pixels[p] / (pixels.length / 2f);
      }
    }
    return TargetSet.of(images, targets, 2);
  }

  @Test
  void learnsTheBrightnessOfBothHalvesOfADigit() {
    Network network =
        Network.of(
            Shape.of(28, 28, 1), conv2d(4, 3).stride(2), relu(), maxPool(2), flatten(), dense(2));
    TargetSet test = brightness(DIGITS.test());
    try (Model<float[]> regressor =
        Model.of(network, Tasks.regression(), adam(0.003), ModelOptions.seed(777))) {
      double untrained = regressor.evaluate(test).r2();
      RegressionHistory history =
          regressor.fit(
              brightness(DIGITS.train()),
              FitOptions.epochs(20).batchSize(50),
              brightness(DIGITS.validation()));
      RegressionEvaluation evaluation = regressor.evaluate(test);
      assertTrue(untrained < 0, "untrained: " + untrained);
      // Measured: 0.963.
      assertTrue(evaluation.r2() > 0.9, evaluation::toString);
      assertEquals(20, history.costs().size());
      assertEquals(20, history.validations().size());
      assertTrue(history.validations().get(19).loss() < history.validations().get(0).loss() / 5);
      assertTrue(history.costs().get(19) < history.costs().get(0) / 5);
    }
  }

  /** Whether the digit is even, at least five, prime: 2 is even and prime, 1 is none of these. */
  private static TargetSet properties(DataSet images) {
    float[] targets = new float[images.size() * 3];
    for (int i = 0; i < images.size(); i++) {
      targets[3 * i] = images.label(i) % 2 == 0 ? 1 : 0;
      targets[3 * i + 1] = images.label(i) >= 5 ? 1 : 0;
      targets[3 * i + 2] = PRIMES.contains(images.label(i)) ? 1 : 0;
    }
    return TargetSet.of(images, targets, 3);
  }

  @Test
  void learnsSeveralLabelsOfADigit() {
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(8, 5).stride(2),
            relu(),
            maxPool(2),
            flatten(),
            dense(64),
            relu(),
            dense(3));
    TargetSet test = properties(DIGITS.test());
    RegressorOptions options =
        RegressorOptions.defaults().seed(777).loss(Losses.sigmoidCrossEntropy());
    try (Model<float[]> regressor = Model.of(network, Tasks.regression(), adam(0.003), options)) {
      regressor.fit(properties(DIGITS.train()), FitOptions.epochs(20).batchSize(50));
      MultiLabelEvaluation evaluation = regressor.evaluateLabels(test);
      // Measured: 0.860, and 0.911 to 0.946. No combination of labels fits more than two digits.
      assertTrue(evaluation.exactMatch() > 0.8, evaluation::toString);
      evaluation
          .labelAccuracies()
          .forEach(accuracy -> assertTrue(accuracy > 0.85, evaluation::toString));
      assertEquals(regressor.evaluate(test).loss(), evaluation.loss());
    }
  }
}
