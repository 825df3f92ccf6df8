package io.github.convnet4j.schedule;

/**
 * A step of a planned run.
 *
 * @param step number of the step, from 0
 * @param steps number of steps in the whole plan, greater than {@code step}
 * @param stepsPerEpoch number of steps per epoch, at least 1
 */
public record Moment(long step, long steps, long stepsPerEpoch) {
  /** Checks that the step is within the plan. */
  public Moment {
    if (step < 0 || step >= steps) {
      throw new IllegalArgumentException(
          "step must be from 0 to steps - 1, which is %d: %d".formatted(steps - 1, step));
    }
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException("stepsPerEpoch must be at least 1: " + stepsPerEpoch);
    }
  }

  /** Returns the number of epochs before this step, including a fraction. */
  double epochs() {
    return (double) step / stepsPerEpoch;
  }
}
