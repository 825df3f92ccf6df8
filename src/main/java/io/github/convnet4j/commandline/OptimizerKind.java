package io.github.convnet4j.commandline;

import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.Optimizers;
import java.util.function.Function;

/** The optimizers by name, each with the learning rate that it is mostly begun with. */
enum OptimizerKind {
  ADAM(0.001f, Optimizers::adam),
  ADAMW(0.001f, rate -> Optimizers.adamW(rate, 0.004f)),
  ADAMAX(0.001f, Optimizers::adamax),
  NADAM(0.001f, Optimizers::nadam),
  SGD(0.01f, Optimizers::sgd),
  MOMENTUM(0.01f, rate -> Optimizers.sgd(rate).momentum(0.9f)),
  NESTEROV(0.01f, rate -> Optimizers.sgd(rate).momentum(0.9f).nesterov()),
  ADAGRAD(0.01f, Optimizers::adaGrad),
  ADADELTA(1, Optimizers::adaDelta),
  RMSPROP(0.001f, Optimizers::rmsProp),
  FTRL(0.01f, Optimizers::ftrl);

  private final float learningRate;
  private final Function<Float, Optimizer> of;

  OptimizerKind(float learningRate, Function<Float, Optimizer> of) {
    this.learningRate = learningRate;
    this.of = of;
  }

  float learningRate() {
    return learningRate;
  }

  Optimizer of(float rate) {
    return of.apply(rate);
  }
}
