package io.github.convnet4j.classifier;

import io.github.convnet4j.evaluate.RegressionEvaluation;
import java.util.List;

/**
 * The results of one call of a regressor's {@code fit}.
 *
 * @param costs for each epoch, the mean of the batches' costs, weighted by their sizes; each is
 *     computed before its update and includes the weight penalty
 * @param validations evaluation of the validation images after each epoch; empty if there are none
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
