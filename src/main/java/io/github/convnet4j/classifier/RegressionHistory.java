package io.github.convnet4j.classifier;

import io.github.convnet4j.evaluate.RegressionEvaluation;
import java.util.List;

/**
 * What one call of a regressor's {@code fit} did.
 *
 * @param costs of each epoch the mean over the images of their batches' costs, each before its step
 *     and with the penalty on weights
 * @param validations what the validation images gave after each epoch; none if there were none
 */
public record RegressionHistory(List<Double> costs, List<RegressionEvaluation> validations) {
  public RegressionHistory {
    costs = List.copyOf(costs);
    validations = List.copyOf(validations);
    if (!validations.isEmpty() && validations.size() != costs.size()) {
      throw new IllegalArgumentException(
          "validations must be none or one for each of %d costs: %d"
              .formatted(costs.size(), validations.size()));
    }
  }
}
