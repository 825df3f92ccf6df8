package io.github.convnet4j.bench.growth;

import java.util.Locale;

/** What a point costs: time or memory. */
enum Cost {
  TIME("ms a step", 1e-3),
  MEMORY("MiB, peak resident", 1 << 20);

  private final String unit;
  private final double unitSize;

  Cost(String unit, double unitSize) {
    this.unit = unit;
    this.unitSize = unitSize;
  }

  /** As a reader is shown it. */
  String unit() {
    return unit;
  }

  /** Seconds or bytes in the reader's unit. */
  double inUnit(double cost) {
    return cost / unitSize;
  }

  /** Whether it was measured. */
  boolean isTold(Point point) {
    return this == TIME || point.peakResidentBytes().isPresent();
  }

  /** Seconds of a step (the median), or bytes. */
  double of(Point point) {
    return this == TIME ? point.secondsPerStep().median() : point.peakResidentBytes().orElseThrow();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
