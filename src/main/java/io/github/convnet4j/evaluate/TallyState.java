package io.github.convnet4j.evaluate;

/** Reads the state of a tally, number by number, and checks it. */
final class TallyState {
  /** All whole numbers up to this one are doubles. */
  private static final double MAX_COUNT = 0x1p53;

  private final String metric;
  private final double[] state;
  private int place;

  /**
   * @param metric the name to use in messages
   */
  TallyState(String metric, double[] state) {
    this.metric = metric;
    this.state = state;
  }

  boolean hasNext() {
    return place < state.length;
  }

  /** Returns the next number, which may be NaN. */
  double next() {
    if (!hasNext()) {
      throw fault("ends after %d numbers".formatted(state.length));
    }
    return state[place++];
  }

  /** Returns the next number, a whole one from 0. */
  long nextCount() {
    double value = next();
    if (!(value >= 0 && value <= MAX_COUNT && value == Math.rint(value))) {
      throw fault("must have a whole number from 0 at place %d: %s".formatted(place - 1, value));
    }
    return (long) value;
  }

  /** Returns the next number, a whole one from 0 to below {@code end}. */
  int nextIndex(int end) {
    long index = nextCount();
    if (index >= end) {
      throw fault(
          "must have a number from 0 to %d at place %d: %d".formatted(end - 1, place - 1, index));
    }
    return (int) index;
  }

  /** Requires the next number to be this one, such as the number of classes. */
  void require(String what, long expected) {
    long actual = nextCount();
    if (actual != expected) {
      throw fault("must be for %d %s: it is for %d".formatted(expected, what, actual));
    }
  }

  /** Requires all numbers to be read. */
  void end() {
    if (hasNext()) {
      throw fault("must have %d numbers: it has %d".formatted(place, state.length));
    }
  }

  IllegalArgumentException fault(String fault) {
    return new IllegalArgumentException("state of %s %s".formatted(metric, fault));
  }
}
