package io.github.convnet4j.schedule;

import io.github.convnet4j.check.Require;

/**
 * A rate that rises to its greatest in the first part of the plan and falls to next to nothing in
 * the rest, both along half a wave of the cosine. Momentum stays as it is.
 *
 * <p>Sources: Smith and Topin, Super-Convergence, 2018; PyTorch's {@code OneCycleLR} with {@code
 * cycle_momentum=False}, whose rates these are.
 *
 * @param greatest the rate at the top, above 0
 * @param rising the share of the steps in which it rises, above 0 and below 1
 * @param startDivisor the first rate is the greatest divided by this, at least 1
 * @param endDivisor the last rate is the first divided by this, at least 1
 */
public record OneCycle(double greatest, double rising, double startDivisor, double endDivisor)
    implements Schedule {
  /** Checks the settings. */
  public OneCycle {
    Require.positive("greatest", greatest);
    if (!(rising > 0 && rising < 1)) {
      throw new IllegalArgumentException("rising must be above 0 and below 1: " + rising);
    }
    requireDivisor("startDivisor", startDivisor);
    requireDivisor("endDivisor", endDivisor);
  }

  private static void requireDivisor(String name, double value) {
    if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be a finite number from 1: " + value);
    }
  }

  /** The same rising for another share of the steps. */
  public OneCycle rising(double share) {
    return new OneCycle(greatest, share, startDivisor, endDivisor);
  }

  /** The same with another {@code startDivisor}. */
  public OneCycle startDivisor(double divisor) {
    return new OneCycle(greatest, rising, divisor, endDivisor);
  }

  /** The same with another {@code endDivisor}. */
  public OneCycle endDivisor(double divisor) {
    return new OneCycle(greatest, rising, startDivisor, divisor);
  }

  @Override
  public double at(Moment moment) {
    double first = greatest / startDivisor;
    double top = rising * moment.steps() - 1; // The step of the greatest rate; a fraction, mostly.
    double last = moment.steps() - 1;
    if (moment.step() < top) {
      return Wave.between(first, greatest, moment.step() / top);
    }
    // A plan of so few steps that its first is at the top or beyond.
    double fallen = (moment.step() - top) / (last - top);
    return Wave.between(greatest, first / endDivisor, fallen);
  }
}
