package io.github.convnet4j.schedule;

/**
 * The learning rate of each step of a run. {@link Schedules} creates the usual ones; a custom one
 * is a function:
 *
 * <pre>{@code
 * Schedule half = moment -> 0.5 * 0.001;
 * }</pre>
 *
 * It must depend only on the moment, so that a resumed run has the same rates as one without an
 * interruption.
 */
@FunctionalInterface
public interface Schedule {
  /** Returns the learning rate of a step, at least 0. */
  double at(Moment moment);

  /**
   * Returns a schedule that first raises the rate linearly, step by step, to the initial rate of
   * this schedule. This schedule then covers the rest of the plan.
   *
   * <p>Source: Goyal et al., Accurate, Large Minibatch SGD, 2017, section 2.2.
   *
   * @param epochs how long the rate rises, above 0; may be a fraction
   */
  default Schedule warmUp(double epochs) {
    return new WarmUp(this, epochs);
  }
}
