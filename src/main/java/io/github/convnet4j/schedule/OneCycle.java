package io.github.convnet4j.schedule;

import io.github.convnet4j.check.Require;

/**
 * A learning rate that rises to a peak in the first part of the plan and falls almost to zero in
 * the rest, both along half a cosine wave. It does not change the momentum.
 *
 * <p>Sources: Smith and Topin, Super-Convergence, 2018; PyTorch's {@code OneCycleLR} with {@code
 * cycle_momentum=False}, which has the same rates.
 *
 * @param peak the highest rate, above 0
 * @param rising share of the steps during which the rate rises, above 0 and below 1
 * @param startDivisor the first rate is the peak divided by this, at least 1
 * @param endDivisor the last rate is the first divided by this, at least 1
 */
public record OneCycle(double peak, double rising, double startDivisor, double endDivisor)
    implements Schedule {
  /** Checks the settings. */
  public OneCycle {
    Require.positive("peak", peak);
    if (!(rising > 0 && rising < 1)) {
      throw new IllegalArgumentException("rising must be above 0 and below 1: " + rising);
    }
    requireDivisor("startDivisor", startDivisor);
    requireDivisor("endDivisor", endDivisor);
  }

  private static void requireDivisor(String name, double value) {
    if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be a finite number, at least 1: " + value);
    }
  }

  /** Returns a copy that rises during this share of the steps. */
  public OneCycle rising(double share) {
    return new OneCycle(peak, share, startDivisor, endDivisor);
  }

  /** Returns a copy with this {@code startDivisor}. */
  public OneCycle startDivisor(double divisor) {
    return new OneCycle(peak, rising, divisor, endDivisor);
  }

  /** Returns a copy with this {@code endDivisor}. */
  public OneCycle endDivisor(double divisor) {
    return new OneCycle(peak, rising, startDivisor, divisor);
  }

  @Override
  public double at(Moment moment) {
    double first = peak / startDivisor;
    double top = rising * moment.steps() - 1; // The step of the highest rate, usually a fraction.
    double last = moment.steps() - 1;
    if (moment.step() < top) {
      return Wave.between(first, peak, moment.step() / top);
    }
    // With very few steps, the first one may already be at the peak or beyond.
    double fallen = (moment.step() - top) / (last - top);
    return Wave.between(peak, first / endDivisor, fallen);
  }
}
