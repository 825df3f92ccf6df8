package io.github.convnet4j.evaluate;

import java.util.stream.DoubleStream;

/**
 * Adds numbers one after another, so that the sum does not depend on how they are divided into
 * batches. The rounding error does not grow with how many there are.
 *
 * <p>A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM
 * 54, 1974.
 */
final class RunningSum {
  private double sum;
  private double lost;

  void add(double value) {
    double next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
    sum = next;
  }

  double value() {
    // For an infinite sum, what was lost is not a number.
    return Double.isFinite(sum) ? sum + lost : sum;
  }

  /** Returns the state's numbers. */
  DoubleStream state() {
    return DoubleStream.of(sum, lost);
  }

  /** Reads what {@link #state()} returns. */
  static RunningSum read(TallyState state) {
    RunningSum read = new RunningSum();
    read.sum = state.next();
    read.lost = state.next();
    return read;
  }
}
