package io.github.convnet4j.listener;

import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.evaluate.Scores;

/** The number by which epochs are compared. */
public enum Monitor {
  /** The mean loss on the validation images: lower is better. */
  VALIDATION_COST {
    @Override
    double score(Scores validation) {
      return -validation.loss();
    }
  },
  /** The share of correctly classified validation images: higher is better. */
  VALIDATION_ACCURACY {
    @Override
    double score(Scores validation) {
      return Double.isNaN(validation.loss()) ? Double.NaN : validation.accuracy();
    }
  };

  /** Returns a score: higher is better, and NaN is never better. */
  abstract double score(Scores validation);

  double score(EpochResult result) {
    return score(
        result
            .validation()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the epoch was not validated: fit needs validation images")));
  }

  /** Fails before the first step, instead of after the first epoch. */
  static void requireValidation(Training training, String listener) {
    if (training.options().validation().isEmpty()) {
      throw new IllegalArgumentException(
          listener
              + " needs validation images: add validateOn(images) or validationShare(0.1) to fit's"
              + " options");
    }
  }
}
