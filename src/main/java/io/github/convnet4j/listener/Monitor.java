package io.github.convnet4j.listener;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Training;

/** The value by which a listener compares epochs, for example {@code val_loss}. */
final class Monitor {
  private final String name;
  private boolean higherIsBetter;

  Monitor(String name) {
    this.name = requireNonNull(name, "monitor");
  }

  String name() {
    return name;
  }

  boolean isOfValidation() {
    return name.startsWith(EpochResult.VALIDATION);
  }

  /**
   * Prepares for a run. Fails before the first step, instead of after the first epoch.
   *
   * @throws IllegalArgumentException if the run does not compute the value
   */
  void begin(Training training, String listener) {
    if (isOfValidation() && training.options().validation().isEmpty()) {
      throw new IllegalArgumentException(
          "%s monitors %s, which needs validation examples: add validateOn(examples) or validationShare(0.1) to fit's options"
              .formatted(listener, name));
    }
    if (!training.valueNames().contains(name)) {
      throw new IllegalArgumentException(
          "%s must monitor one of the values %s (add a metric of your own to fit's options): it monitors %s"
              .formatted(listener, training.valueNames(), name));
    }
    higherIsBetter = training.higherIsBetter(name);
  }

  /** Returns a score: higher is better, and NaN is never better. */
  double score(EpochResult result) {
    return isOfValidation() ? score(result.validation().orElseThrow()) : score(result.value(name));
  }

  /** Returns the score of a validation, for a value that is one of the validation. */
  double score(Scores validation) {
    return Double.isNaN(validation.loss())
        ? Double.NaN
        : score(validation.value(name.substring(EpochResult.VALIDATION.length())));
  }

  private double score(double value) {
    return higherIsBetter ? value : -value;
  }
}
