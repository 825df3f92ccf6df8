package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.ConfidenceInterval;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.LabelledPredictions;
import io.github.convnet4j.inspect.TestResult;
import java.util.Optional;

/**
 * The metrics on the test images.
 *
 * @param matrix how often the images of each class were predicted as each class
 * @param predictions what the other metrics are computed from, if the outputs are probabilities
 * @param problem why there are no predictions; otherwise empty
 */
record Results(ConfusionMatrix matrix, Optional<LabelledPredictions> predictions, String problem) {
  static Results of(TestResult result) {
    ConfusionMatrix matrix = result.confusionMatrix();
    try {
      return new Results(matrix, Optional.of(result.labelledPredictions()), "");
    } catch (IllegalArgumentException e) {
      // The outputs are NaN if training diverged, and do not add up to 1 if they are sigmoids. The
      // rest
      // of the page is still useful.
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
