package io.github.convnet4j.schedule;

import io.github.convnet4j.check.Require;

/**
 * A learning rate that changes by a factor over each epoch, gradually with each step.
 *
 * @param rate rate of the first step, above 0
 * @param factorPerEpoch above 0
 */
record Exponential(double rate, double factorPerEpoch) implements Schedule {
  Exponential {
    Require.positive("rate", rate);
    Require.positive("factorPerEpoch", factorPerEpoch);
  }

  @Override
  public double at(Moment moment) {
    return rate * Math.pow(factorPerEpoch, moment.epochs());
  }
}
