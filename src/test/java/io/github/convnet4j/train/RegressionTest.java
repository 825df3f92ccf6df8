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
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** A model learns numbers, and labels of which an image can have several. */
class RegressionTest {
  private static final DataSets DIGITS = BundledDigits.read();
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
    try (Model<float[]> model =
        Model.of(network, Tasks.regression(), adam(0.003), ModelOptions.seed(777))) {
      double untrained = model.evaluate(test, Metrics.r2()).value("r2");
      History history =
          model.fit(
              brightness(DIGITS.train()),
              FitOptions.epochs(20)
                  .batchSize(50)
                  .validateOn(brightness(DIGITS.validation()))
                  .metrics(Metrics.r2()));
      Scores scores = model.evaluate(test, Metrics.r2());
      assertTrue(untrained < 0, "untrained: " + untrained);
      // Measured: 0.963.
      assertTrue(scores.value("r2") > 0.9, scores::toString);
      assertEquals(20, history.epochs().size());
      EpochResult first = history.epochs().get(0);
      EpochResult last = history.last();
      assertTrue(last.value("val_loss") < first.value("val_loss") / 5, history::toString);
      assertTrue(last.cost() < first.cost() / 5, history::toString);
      assertTrue(last.value("r2") > 0.8 && last.value("val_r2") > 0.8, history::toString);
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
    try (Model<LabelPrediction> model =
        Model.of(
            network,
            Tasks.multiLabel("even", "high", "prime"),
            adam(0.003),
            ModelOptions.seed(777))) {
      model.fit(properties(DIGITS.train()), FitOptions.epochs(20).batchSize(50));
      Scores scores = model.evaluate(test, Metrics.exactMatch());
      // Measured: 0.860 and 0.93. No combination of labels fits more than two digits.
      assertTrue(scores.value("exact_match") > 0.8, scores::toString);
      assertTrue(scores.value("label_accuracy") > 0.85, scores::toString);
      List<LabelPrediction> predictions = model.predict(test);
      int exact = 0;
      for (int i = 0; i < test.size(); i++) {
        List<String> expected = new ArrayList<>();
        for (int label = 0; label < 3; label++) {
          if (test.targets(i)[label] == 1) {
            expected.add(List.of("even", "high", "prime").get(label));
          }
        }
        exact += predictions.get(i).labels().equals(expected) ? 1 : 0;
      }
      assertEquals((double) exact / test.size(), scores.value("exact_match"));
    }
  }
}
