package io.github.convnet4j.commandline;

import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.Optimizers;
import java.util.Locale;

/** The optimizers by name, each with its usual learning rate. */
enum OptimizerKind {
  ADAM(0.001f),
  ADAMW(0.001f),
  ADAMAX(0.001f),
  NADAM(0.001f),
  SGD(0.01f),
  MOMENTUM(0.01f),
  NESTEROV(0.01f),
  ADAGRAD(0.01f),
  ADADELTA(1),
  RMSPROP(0.001f),
  FTRL(0.01f);

  /** Keras's default. */
  private static final float WEIGHT_DECAY = 0.004f;

  private static final float DEFAULT_MOMENTUM = 0.9f;

  private final float learningRate;

  OptimizerKind(float learningRate) {
    this.learningRate = learningRate;
  }

  float learningRate() {
    return learningRate;
  }

  /** As typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  Optimizer of(float rate) {
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
