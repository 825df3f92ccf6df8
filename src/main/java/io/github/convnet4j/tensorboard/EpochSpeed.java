package io.github.convnet4j.tensorboard;

import io.github.convnet4j.classifier.BatchResult;
import java.util.OptionalDouble;

/**
 * Measures the steps of an epoch. The first one only starts the clock: nobody tells when it began,
 * after the validation and the listeners of the epoch before.
 */
final class EpochSpeed {
  private static final double NANOSECONDS = 1e9;

  private long start;
  private long end;
  private long images;

  void stepEnded(BatchResult result) {
    end = System.nanoTime();
    if (result.batch() == 1) {
      start = end;
      images = 0;
    } else {
      images += result.size();
    }
  }

  /** Of the epoch so far; empty in its first step. */
  OptionalDouble imagesPerSecond() {
    return images == 0 || end == start
        ? OptionalDouble.empty()
        : OptionalDouble.of(images * NANOSECONDS / (end - start));
  }
}
