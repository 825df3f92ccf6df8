package io.github.convnet4j.schedule;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;

/**
 * A schedule with a preceding linear rise of the rate: if the rise takes {@code n} steps, its step
 * {@code i}, from 0, has {@code (i + 1) / (n + 1)} of the schedule's initial rate.
 *
 * @param schedule the schedule after the rise
 * @param epochs how long the rate rises, above 0
 */
record WarmUp(Schedule schedule, double epochs) implements Schedule {
  WarmUp {
    requireNonNull(schedule, "schedule");
    Require.positive("epochs", epochs);
  }

  @Override
  public double at(Moment moment) {
    long rising = Math.round(epochs * moment.stepsPerEpoch());
    if (rising >= moment.steps()) {
      throw new IllegalArgumentException(
          "warmUp must be shorter than the whole run: %s epochs, %d steps of %d"
              .formatted(epochs, rising, moment.steps()));
    }
    long rest = moment.steps() - rising;
    if (moment.step() >= rising) {
      return schedule.at(new Moment(moment.step() - rising, rest, moment.stepsPerEpoch()));
    }
    double first = schedule.at(new Moment(0, rest, moment.stepsPerEpoch()));
    return first * (moment.step() + 1) / (rising + 1);
  }
}
