package io.github.convnet4j.schedule;

import io.github.convnet4j.check.Require;

/**
 * The same learning rate for all steps.
 *
 * @param rate above 0
 */
record Constant(double rate) implements Schedule {
  Constant {
    Require.positive("rate", rate);
  }

  @Override
  public double at(Moment moment) {
    return rate;
  }
}
