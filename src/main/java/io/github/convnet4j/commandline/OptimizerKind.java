package io.github.convnet4j.commandline;

import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.Optimizers;
import java.util.Locale;

/** The optimizers by name, each with its usual learning rate. */
enum OptimizerKind {
  ADAM(0.001),
  ADAMW(0.001),
  ADAMAX(0.001),
  NADAM(0.001),
  SGD(0.01),
  MOMENTUM(0.01),
  NESTEROV(0.01),
  ADAGRAD(0.01),
  ADADELTA(1),
  RMSPROP(0.001),
  FTRL(0.01);

  /** Keras's default. */
  private static final double WEIGHT_DECAY = 0.004;

  private static final double DEFAULT_MOMENTUM = 0.9;

  private final double learningRate;

  OptimizerKind(double learningRate) {
    this.learningRate = learningRate;
  }

  double learningRate() {
    return learningRate;
  }

  /** As typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  Optimizer of(double rate) {
    return switch (this) {
      case ADAM -> Optimizers.adam(rate);
      case ADAMW -> Optimizers.adamW(rate, WEIGHT_DECAY);
      case ADAMAX -> Optimizers.adamax(rate);
      case NADAM -> Optimizers.nadam(rate);
      case SGD -> Optimizers.sgd(rate);
      case MOMENTUM -> Optimizers.sgd(rate).momentum(DEFAULT_MOMENTUM);
      case NESTEROV -> Optimizers.sgd(rate).momentum(DEFAULT_MOMENTUM).nesterov();
      case ADAGRAD -> Optimizers.adaGrad(rate);
      case ADADELTA -> Optimizers.adaDelta(rate);
      case RMSPROP -> Optimizers.rmsProp(rate);
      case FTRL -> Optimizers.ftrl(rate);
    };
  }
}
