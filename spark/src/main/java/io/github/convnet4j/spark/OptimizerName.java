package io.github.convnet4j.spark;

import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.Optimizers;
import java.util.Arrays;
import java.util.Locale;

/** The optimizers that a parameter can name. */
enum OptimizerName {
  ADAM,
  ADAMW,
  RMSPROP,
  SGD,
  MOMENTUM,
  NESTEROV;

  /** Keras' default. */
  private static final double WEIGHT_DECAY = 0.004;

  private static final double USUAL_MOMENTUM = 0.9;

  static OptimizerName of(String name) {
    return Arrays.stream(values())
        .filter(each -> each.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "optimizer must be one of %s: %s".formatted(Arrays.asList(values()), name)));
  }

  Optimizer of(double learningRate) {
    return switch (this) {
      case ADAM -> Optimizers.adam(learningRate);
      case ADAMW -> Optimizers.adamW(learningRate, WEIGHT_DECAY);
      case RMSPROP -> Optimizers.rmsProp(learningRate);
      case SGD -> Optimizers.sgd(learningRate);
      case MOMENTUM -> Optimizers.sgd(learningRate).momentum(USUAL_MOMENTUM);
      case NESTEROV -> Optimizers.sgd(learningRate).momentum(USUAL_MOMENTUM).nesterov();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
