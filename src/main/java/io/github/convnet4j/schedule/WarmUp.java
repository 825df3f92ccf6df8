package io.github.convnet4j.schedule;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;

/**
 * A schedule after a rise of the rate: with {@code n} steps of it, step {@code i} of them, from 0,
 * has the share {@code (i + 1) / (n + 1)} of the rate that the schedule begins with.
 *
 * @param schedule what follows
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
          "warmUp must be shorter than the training: %s epochs, %d steps of %d"
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
