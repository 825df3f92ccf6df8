package io.github.convnet4j.listener;

import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.Training;
import io.github.convnet4j.evaluate.Evaluation;

/** The number by which one epoch is better than another. */
public enum Monitor {
  /** The mean loss on the validation images: less is better. */
  VALIDATION_COST {
    @Override
    double score(Evaluation validation) {
      return -validation.loss();
    }
  },
  /** The share of validation images told rightly: more is better. */
  VALIDATION_ACCURACY {
    @Override
    double score(Evaluation validation) {
      return Double.isNaN(validation.loss()) ? Double.NaN : validation.accuracy();
    }
  };

  /** More is better; NaN is not better than anything. */
  abstract double score(Evaluation validation);

  double score(EpochResult result) {
    return score(
        result
            .validation()
            .orElseThrow(() -> new IllegalStateException("there are no validation images")));
  }

  /** Fails before the first step rather than after the first epoch. */
  static void requireValidation(Training training, String listener) {
    if (training.options().validation().isEmpty()) {
      throw new IllegalArgumentException(
          listener
              + " needs validation images: add validateOn(images) or validationShare(0.1) to fit's"
              + " options");
    }
  }
}
