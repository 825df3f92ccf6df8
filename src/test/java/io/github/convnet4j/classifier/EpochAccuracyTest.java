package io.github.convnet4j.classifier;

import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.data.DataSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each epoch's accuracy is counted separately. */
class EpochAccuracyTest {
  @Test
  void withConstantWeightsEveryEpochHasTheAccuracyOfAnEvaluation() {
    DataSet images = TinyImages.of(25, 3);
    try (Classifier classifier = Classifier.of(TinyImages.NETWORK, sgd(1e-30))) {
      double accuracy = classifier.evaluate(images).accuracy();
      History history = classifier.fit(images, FitOptions.epochs(3).batchSize(10));
      assertEquals(
          List.of(accuracy, accuracy, accuracy),
          history.epochs().stream().map(EpochResult::accuracy).toList());
    }
  }
}
