package io.github.convnet4j.schedule;

/**
 * A step of a planned training.
 *
 * @param step how many steps of the plan came before, from 0
 * @param steps how many the plan has, more than {@code step}
 * @param stepsPerEpoch how many of them are an epoch, at least 1
 */
public record Moment(long step, long steps, long stepsPerEpoch) {
  /** Checks that the step is one of the plan's. */
  public Moment {
    if (step < 0 || step >= steps) {
      throw new IllegalArgumentException(
          "step must be from 0 to steps - 1, which is %d: %d".formatted(steps - 1, step));
    }
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException("stepsPerEpoch must be at least 1: " + stepsPerEpoch);
    }
  }

  /** Epochs before this step, with a fraction. */
  double epochs() {
    return (double) step / stepsPerEpoch;
  }
}
