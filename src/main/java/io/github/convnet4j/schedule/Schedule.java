package io.github.convnet4j.schedule;

/**
 * The learning rate of each step of a training, made by {@link Schedules}, or of the user's own:
 *
 * <pre>{@code
 * Schedule half = moment -> 0.5 * 0.001;
 * }</pre>
 *
 * It must depend on the moment alone, so that a training that goes on after it was cut off goes on
 * with the rates that it would have had.
 */
@FunctionalInterface
public interface Schedule {
  /** The learning rate of a step, 0 or above. */
  double at(Moment moment);

  /**
   * The same after a time in which the rate rises, step by step in equal parts, to what this
   * schedule begins with. This schedule then has what is left of the plan.
   *
   * <p>Source: Goyal et al., Accurate, Large Minibatch SGD, 2017, section 2.2.
   *
   * @param epochs how long it rises, above 0; parts of an epoch are well
   */
  default Schedule warmUp(double epochs) {
    return new WarmUp(this, epochs);
  }
}
