package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each epoch's accuracy is counted separately. */
class EpochAccuracyTest {
  @Test
  void withConstantWeightsEveryEpochHasTheAccuracyOfAnEvaluation() {
    DataSet images = TinyImages.of(25, 3);
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), sgd(1e-30))) {
      double accuracy = model.evaluate(images).accuracy();
      History history = model.fit(images, FitOptions.epochs(3).batchSize(10));
      assertEquals(
          List.of(accuracy, accuracy, accuracy),
          history.epochs().stream().map(EpochResult::accuracy).toList());
    }
  }
}
