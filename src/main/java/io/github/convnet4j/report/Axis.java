package io.github.convnet4j.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis with round numbers along it, 1, 2 or 5 times a power of ten apart.
 *
 * @param low the number at its start
 * @param high the number at its end, above {@code low}
 * @param step from one tick to the next
 * @param from where it starts, in the drawing's units
 * @param to where it ends; less than {@code from} for a vertical axis
 */
record Axis(double low, double high, BigDecimal step, double from, double to) {
  private static final BigDecimal[] STEPS = {
    BigDecimal.ONE, BigDecimal.valueOf(2), BigDecimal.valueOf(5), BigDecimal.TEN
  };

  /** Returns an axis of exactly this range. An empty range is widened. */
  static Axis exact(double low, double high, int ticks, double from, double to) {
    double end = high > low ? high : low + Math.max(1, Math.abs(low) * 1e-6);
    return new Axis(low, end, step((end - low) / ticks), from, to);
  }

  /** Returns an axis that starts and ends at a tick, and contains the range. */
  static Axis rounded(double low, double high, int ticks, double from, double to) {
    Axis exact = exact(low, high, ticks, from, to);
    double step = exact.step.doubleValue();
    return new Axis(
        Math.floor(exact.low / step + 1e-9) * step,
        Math.ceil(exact.high / step - 1e-9) * step,
        exact.step,
        from,
        to);
  }

  /** Returns an axis of whole numbers. */
  static Axis whole(int low, int high, int ticks, double from, double to) {
    Axis exact = exact(low, high, ticks, from, to);
    return new Axis(exact.low, exact.high, exact.step.max(BigDecimal.ONE), from, to);
  }

  /** Returns the smallest round number that is at least this large. */
  private static BigDecimal step(double least) {
    BigDecimal exact = new BigDecimal(least, new MathContext(12));
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exact.precision() - exact.scale() - 1);
    for (BigDecimal step : STEPS) {
      if (step.multiply(power).compareTo(exact) >= 0) {
        return step.multiply(power);
      }
    }
    return BigDecimal.TEN.multiply(power);
  }

  /** Returns where a number lies, in the drawing's units. */
  double place(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** Returns the round numbers along the axis. */
  List<BigDecimal> ticks() {
    List<BigDecimal> ticks = new ArrayList<>();
    double unit = step.doubleValue();
    long first = (long) Math.ceil(low / unit - 1e-9);
    long last = (long) Math.floor(high / unit + 1e-9);
    for (long i = first; i <= last; i++) {
      ticks.add(step.multiply(BigDecimal.valueOf(i)));
    }
    return ticks;
  }

  /** Returns a tick's text, with a typographic minus sign. */
  static String label(BigDecimal tick) {
    BigDecimal plain = tick.signum() == 0 ? BigDecimal.ZERO : tick.stripTrailingZeros();
    boolean tooLong = plain.precision() - plain.scale() > 6 || plain.scale() > 6;
    return (tooLong ? plain.toString() : plain.toPlainString()).replace('-', '\u2212');
  }
}
