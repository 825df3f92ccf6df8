package io.github.convnet4j.tensorboard;

import io.github.convnet4j.train.BatchResult;
import java.util.OptionalDouble;

/**
 * Measures the speed of an epoch's steps. The end of the first step starts the clock, because the
 * start of that step is unknown: validation and other listeners come before it.
 */
final class EpochSpeed {
  private static final double NANOSECONDS = 1e9;

  private long start;
  private long end;
  private long examples;

  void stepEnded(BatchResult result) {
    end = System.nanoTime();
    if (result.batch() == 1) {
      start = end;
      examples = 0;
    } else {
      examples += result.size();
    }
  }

  /** Returns the speed of the epoch so far; empty in its first step. */
  OptionalDouble examplesPerSecond() {
    return examples == 0 || end == start
        ? OptionalDouble.empty()
        : OptionalDouble.of(examples * NANOSECONDS / (end - start));
  }
}
