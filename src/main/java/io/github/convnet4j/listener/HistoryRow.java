package io.github.convnet4j.listener;

import io.github.convnet4j.train.EpochResult;
import java.util.OptionalDouble;

/** One epoch in a history file. */
record HistoryRow(
    int epoch,
    double cost,
    double accuracy,
    OptionalDouble validationCost,
    OptionalDouble validationAccuracy) {
  HistoryRow {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch must be at least 1: " + epoch);
    }
  }

  static HistoryRow of(EpochResult result) {
    return new HistoryRow(
        result.epoch(),
        result.cost(),
        result.accuracy(),
        result
            .validation()
            .map(validation -> OptionalDouble.of(validation.loss()))
            .orElse(OptionalDouble.empty()),
        result
            .validation()
            .map(validation -> OptionalDouble.of(validation.accuracy()))
            .orElse(OptionalDouble.empty()));
  }
}
