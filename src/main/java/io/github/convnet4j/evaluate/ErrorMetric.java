package io.github.convnet4j.evaluate;

import org.tensorflow.ndarray.Shape;

/**
 * A mean of the errors of predicted numbers, over all examples and all numbers.
 *
 * @param formula which mean
 */
record ErrorMetric(Formula formula) implements Metric {
  /** The means. */
  enum Formula {
    MEAN_ABSOLUTE_ERROR("mean_absolute_error"),
    MEAN_SQUARED_ERROR("mean_squared_error"),
    ROOT_MEAN_SQUARED_ERROR("root_mean_squared_error");

    private final String metric;

    Formula(String metric) {
      this.metric = metric;
    }

    private double term(double error) {
      return this == MEAN_ABSOLUTE_ERROR ? Math.abs(error) : error * error;
    }

    private double result(double mean) {
      return this == ROOT_MEAN_SQUARED_ERROR ? Math.sqrt(mean) : mean;
    }
  }

  @Override
  public String name() {
    return formula.metric;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    if (!BatchLayout.known(prediction) || !prediction.equals(target)) {
      throw BatchLayout.unsuitable(
          name(), "a target for each number of the output", prediction, target);
    }
    BatchLayout layout = BatchLayout.of(prediction, target);
    return new MeanTally(
        name(),
        (examples, predictions, targets, mean) -> {
          layout.check(examples, predictions, targets);
          for (int i = 0; i < predictions.length; i++) {
            mean.accept(formula.term((double) predictions[i] - targets[i]));
          }
        },
        formula::result);
  }

  @Override
  public String toString() {
    return name();
  }
}
