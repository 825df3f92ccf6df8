package io.github.convnet4j.bench.memory;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Resident memory over the repetitions of some work.
 *
 * @param work what is repeated
 * @param points in order
 */
record Series(String work, List<Point> points) {
  /** The share of the repetitions at the beginning in which caches and pools may fill. */
  private static final double SETTLING = 0.2;

  /**
   * One look.
   *
   * @param repetitions done before
   * @param residentBytes in memory then
   */
  record Point(int repetitions, long residentBytes) {}

  Series {
    points = List.copyOf(new ArrayList<>(points));
  }

  /** The points after the first fifth of the repetitions. */
  List<Point> settled() {
    int last = points.get(points.size() - 1).repetitions();
    return points.stream().filter(point -> point.repetitions() >= SETTLING * last).toList();
  }

  /**
   * Bytes that a repetition adds after the first fifth: the slope of the straight line that fits
   * best. NaN of less than two settled points.
   */
  double bytesPerRepetition() {
    SimpleRegression line = new SimpleRegression();
    settled().forEach(point -> line.addData(point.repetitions(), (double) point.residentBytes()));
    return line.getSlope();
  }
}
