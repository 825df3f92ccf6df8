package io.github.convnet4j.bench.growth;

import java.util.Locale;

/** A kind of cost: time or memory. */
enum Cost {
  TIME("ms a step", 1e-3),
  MEMORY("MiB, peak resident", 1 << 20);

  private final String unit;
  private final double unitSize;

  Cost(String unit, double unitSize) {
    this.unit = unit;
    this.unitSize = unitSize;
  }

  /** Returns the unit in tables and charts. */
  String unit() {
    return unit;
  }

  /** Converts seconds or bytes to the unit in tables and charts. */
  double inUnit(double cost) {
    return cost / unitSize;
  }

  /** Returns whether this cost of the point was measured. */
  boolean isMeasured(Point point) {
    return this == TIME || point.peakResidentBytes().isPresent();
  }

  /** Returns the median time of a step in seconds, or the memory in bytes. */
  double of(Point point) {
    return this == TIME ? point.secondsPerStep().median() : point.peakResidentBytes().orElseThrow();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
