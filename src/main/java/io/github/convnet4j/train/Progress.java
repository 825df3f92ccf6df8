package io.github.convnet4j.train;

import java.util.Map;
import java.util.function.Supplier;

/** How far a model has been trained up to now. Only one thread writes it at a time. */
final class Progress {
  private volatile Reached reached = Reached.NOTHING;
  private volatile Supplier<Map<String, double[]>> metrics = Map::of;

  Reached reached() {
    return reached;
  }

  void set(Reached now) {
    reached = now;
  }

  /** Sets what the metrics have counted in the current epoch, or where to get it. */
  void setMetrics(Supplier<Map<String, double[]>> now) {
    metrics = now;
  }

  /** Returns what the metrics have counted in the current epoch. */
  Map<String, double[]> metrics() {
    return reached.inEpoch().examples() == 0 ? Map.of() : metrics.get();
  }
}
