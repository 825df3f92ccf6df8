package io.github.convnet4j.train;

import io.github.convnet4j.schedule.Moment;
import io.github.convnet4j.schedule.Schedule;

/**
 * The learning rate during a call of {@code fit}: the schedule's, times a factor that listeners
 * set.
 */
final class LearningRate {
  private final Schedule schedule;
  private double scheduled;
  private double factor = 1;

  LearningRate(Schedule schedule) {
    this.schedule = schedule;
  }

  /** Sets the rate for a moment of the run. */
  void moveTo(Moment moment) {
    double rate = schedule.at(moment);
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learningRate must be 0 or a positive, finite number at every step: at %s it is %s"
              .formatted(moment, rate));
    }
    scheduled = rate;
  }

  double current() {
    return scheduled * factor;
  }

  double factor() {
    return factor;
  }

  void factor(double newFactor) {
    if (!(newFactor > 0 && newFactor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("factor must be a positive, finite number: " + newFactor);
    }
    factor = newFactor;
  }
}
