package io.github.convnet4j.schedule;

import io.github.convnet4j.check.Require;

/**
 * A learning rate that decreases along half a cosine wave over all steps: {@code end + (rate - end)
 * (1 + cos(pi step / steps)) / 2}. There are no restarts.
 *
 * <p>Sources: Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2017,
 * equation 5; Keras' {@code CosineDecay}.
 *
 * @param rate rate of the first step, above 0
 * @param end rate that would follow after the last step, from 0 to {@code rate}
 */
public record Cosine(double rate, double end) implements Schedule {
  /** Checks the settings. */
  public Cosine {
    Require.positive("rate", rate);
    Require.notNegative("end", end);
    if (end > rate) {
      throw new IllegalArgumentException(
          "end must be at most the rate, %s: %s".formatted(rate, end));
    }
  }

  /** Returns a copy with this {@code end}. */
  public Cosine end(double newEnd) {
    return new Cosine(rate, newEnd);
  }

  @Override
  public double at(Moment moment) {
    return Wave.between(rate, end, (double) moment.step() / moment.steps());
  }
}
