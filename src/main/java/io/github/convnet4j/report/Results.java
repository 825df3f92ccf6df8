package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.ConfidenceInterval;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.LabelledPredictions;
import io.github.convnet4j.inspect.TestResult;
import java.util.Optional;

/**
 * The measures on the test images.
 *
 * @param matrix which class was taken for which
 * @param predictions what the other measures are made from, if the probabilities are any
 * @param problem why there are no predictions; else empty
 */
record Results(ConfusionMatrix matrix, Optional<LabelledPredictions> predictions, String problem) {
  static Results of(TestResult result) {
    ConfusionMatrix matrix = result.confusionMatrix();
    try {
      return new Results(matrix, Optional.of(result.labelledPredictions()), "");
    } catch (IllegalArgumentException e) {
      // NaN after a training that diverged, or sigmoids: the rest of the page is all the more
      // worth reading.
      return new Results(matrix, Optional.empty(), e.getMessage());
    }
  }

  double accuracy() {
    return (double) matrix.correct() / matrix.total();
  }

  ConfidenceInterval interval() {
    return ConfidenceInterval.wilson(matrix.correct(), matrix.total());
  }
}
