package io.github.convnet4j.bench.memory;

import io.github.convnet4j.bench.process.ProcessUsage;
import io.github.convnet4j.bench.report.Format;
import java.util.ArrayList;
import java.util.List;

/** Measures from time to time, at even distances, what the process uses, and prints its memory. */
final class Looks {
  private final String work;
  private final int repetitions;
  private final int most;
  private final List<Series.Point> points = new ArrayList<>();

  /**
   * @param work what is repeated
   * @param repetitions how often it will be
   * @param most the number of measurements
   */
  Looks(String work, int repetitions, int most) {
    this.work = work;
    this.repetitions = repetitions;
    this.most = most;
  }

  int repetitions() {
    return repetitions;
  }

  /** Must be called after each repetition, with their number so far. Several threads may do so. */
  synchronized void done(int count) {
    // The first, the last, and as evenly as possible between them.
    long due = 1 + (long) (repetitions - 1) * points.size() / (most - 1);
    if (count >= due) {
      ProcessUsage usage = ProcessUsage.now().orElseThrow();
      points.add(new Series.Point(count, usage));
      System.out.printf("%s: %d, %s MiB%n", work, count, Format.mebibytes(usage.residentBytes()));
    }
  }

  Series series() {
    return new Series(work, points);
  }
}
