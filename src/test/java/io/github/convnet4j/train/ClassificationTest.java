package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** A model learns the digits that come with the library. */
class ClassificationTest {
  private static final Network NETWORK =
      Network.of(
          Shape.of(28, 28, 1),
          conv2d(8, 3).stride(2),
          relu(),
          maxPool(2),
          dropout(0.1),
          flatten(),
          dense(10));

  @Test
  void learnsToClassifyDigits() {
    DataSets digits = BundledDigits.read();
    try (Model<Prediction> model =
        Model.of(NETWORK, Tasks.classification(), adam(0.01), ModelOptions.seed(777))) {
      History history =
          model.fit(
              digits.train(), FitOptions.epochs(4).batchSize(50).validateOn(digits.validation()));
      assertEquals(4, history.epochs().size());
      Scores evaluation = model.evaluate(digits.test());
      assertTrue(evaluation.accuracy() > 0.8, () -> history + " " + evaluation);
      List<Prediction> predictions = model.predict(digits.test());
      int correct = 0;
      for (int i = 0; i < predictions.size(); i++) {
        correct += predictions.get(i).classIndex() == digits.test().label(i) ? 1 : 0;
      }
      assertEquals(evaluation.correct(), correct);
    }
  }
}
