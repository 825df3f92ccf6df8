package io.github.convnet4j.bench.memory;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Resident memory over the repetitions of a task.
 *
 * @param work what is repeated
 * @param points the measurements, in order
 */
record Series(String work, List<Point> points) {
  /** The share of the repetitions, at the start, in which caches and pools may fill up. */
  private static final double SETTLING = 0.2;

  /**
   * One measurement.
   *
   * @param repetitions the number of repetitions before it
   * @param residentBytes the bytes in memory
   */
  record Point(int repetitions, long residentBytes) {}

  Series {
    points = List.copyOf(new ArrayList<>(points));
  }

  /** Returns the points after the first fifth of the repetitions. */
  List<Point> settled() {
    int last = points.get(points.size() - 1).repetitions();
    return points.stream().filter(point -> point.repetitions() >= SETTLING * last).toList();
  }

  /**
   * Returns the bytes that each repetition adds after the first fifth: the slope of the straight
   * line that fits best. NaN for fewer than two settled points.
   */
  double bytesPerRepetition() {
    SimpleRegression line = new SimpleRegression();
    settled().forEach(point -> line.addData(point.repetitions(), (double) point.residentBytes()));
    return line.getSlope();
  }
}
