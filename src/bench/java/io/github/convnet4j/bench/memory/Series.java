package io.github.convnet4j.bench.memory;

import io.github.convnet4j.bench.process.ProcessUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * What the process uses over the repetitions of a task.
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
   * @param usage what the process uses
   */
  record Point(int repetitions, ProcessUsage usage) {}

  Series {
    points = List.copyOf(new ArrayList<>(points));
  }

  Point first() {
    return points.get(0);
  }

  Point last() {
    return points.get(points.size() - 1);
  }

  /** Returns the points after the first fifth of the repetitions. */
  List<Point> settled() {
    return points.stream()
        .filter(point -> point.repetitions() >= SETTLING * last().repetitions())
        .toList();
  }

  /**
   * Returns how much of something each repetition adds after the first fifth: the slope of the
   * straight line that fits best. NaN for fewer than two settled points.
   */
  double perRepetition(ToLongFunction<ProcessUsage> amount) {
    SimpleRegression line = new SimpleRegression();
    settled()
        .forEach(
            point -> line.addData(point.repetitions(), (double) amount.applyAsLong(point.usage())));
    return line.getSlope();
  }
}
