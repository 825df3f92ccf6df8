package io.github.convnet4j.schedule;

import io.github.convnet4j.check.Require;

/**
 * A learning rate that is multiplied by a factor after every {@code everyEpochs} epochs.
 *
 * @param rate rate of the first epochs, above 0
 * @param factor above 0
 * @param everyEpochs at least 1
 */
record Step(double rate, double factor, int everyEpochs) implements Schedule {
  Step {
    Require.positive("rate", rate);
    Require.positive("factor", factor);
    if (everyEpochs < 1) {
      throw new IllegalArgumentException("everyEpochs must be at least 1: " + everyEpochs);
    }
  }

  @Override
  public double at(Moment moment) {
    long falls = moment.step() / moment.stepsPerEpoch() / everyEpochs;
    return rate * Math.pow(factor, (double) falls);
  }
}
