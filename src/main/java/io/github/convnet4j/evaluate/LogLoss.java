package io.github.convnet4j.evaluate;

import java.util.function.DoubleConsumer;
import java.util.function.DoubleUnaryOperator;
import org.tensorflow.ndarray.Shape;

/** The mean of -log p, where p is the probability of an example's own class. */
record LogLoss() implements Metric {
  /** Smaller probabilities are raised to the gap between 1 and the next double. */
  static final double MIN_PROBABILITY = Math.ulp(1.0);

  @Override
  public String name() {
    return "log_loss";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    ClassLayout layout = ClassLayout.of(name(), prediction, target);
    return new MeanTally(
        name(),
        (examples, predictions, targets, mean) -> {
          int[] labels = layout.labels(examples, predictions, targets);
          checkProbabilities(predictions);
          addTerms(layout.classes(), labels, predictions, mean);
        },
        DoubleUnaryOperator.identity());
  }

  private static void addTerms(
      int classes, int[] labels, float[] predictions, DoubleConsumer mean) {
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] != ClassLayout.NOT_LABELLED) {
        mean.accept(term(predictions[row * classes + labels[row]]));
      }
    }
  }

  /** Returns -log p for the probability of an example's own class; 0 if it is 1. */
  static double term(float probability) {
    return 0 - Math.log(Math.max(MIN_PROBABILITY, Math.min(probability, 1)));
  }

  /** Refuses what cannot be a probability, such as a logit. NaN makes the value NaN instead. */
  private void checkProbabilities(float[] predictions) {
    for (float p : predictions) {
      if (p < 0 || p > 1 + Probabilities.EXCESS) {
        throw new IllegalArgumentException(
            "%s needs probabilities from 0 to 1, as from a softmax, but an output is %s"
                .formatted(name(), p));
      }
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
