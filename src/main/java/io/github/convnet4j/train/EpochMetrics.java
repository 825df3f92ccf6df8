package io.github.convnet4j.train;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.train.Heads.Head;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what a model predicts, batch after batch, and computes metrics from it. */
final class EpochMetrics {
  private final List<Watched> watched;
  private final List<Metric.Tally> tallies = new ArrayList<>();

  /**
   * A metric of one output.
   *
   * @param name under which its value is reported
   * @param output number of the output
   */
  record Watched(String name, int output, Head<?> head, Metric metric) {
    Metric.Tally newTally() {
      return Require.result(
          "the metric " + metric.name(), "tally", metric.tally(head.output(), head.target()));
    }
  }

  EpochMetrics(List<Watched> watched) {
    this.watched = watched;
    reset();
  }

  /** Starts from nothing. */
  void reset() {
    tallies.clear();
    watched.forEach(each -> tallies.add(each.newTally()));
  }

  /**
   * Counts a batch.
   *
   * @param size number of examples
   * @param predictions for each output its predictions, {@code [batch, …]}
   * @param targets for each output its targets, {@code [batch, …]}
   */
  void add(int size, List<float[]> predictions, List<float[]> targets) {
    for (int i = 0; i < tallies.size(); i++) {
      int output = watched.get(i).output();
      tallies.get(i).add(size, predictions.get(output), targets.get(output));
    }
  }

  /** Returns whether there is nothing to count. */
  boolean isEmpty() {
    return watched.isEmpty();
  }

  /** Returns the metrics' values by name, in order. */
  Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < tallies.size(); i++) {
      values.put(watched.get(i).name(), tallies.get(i).value());
    }
    return values;
  }

  /** Returns everything counted so far, by the metrics' names. */
  Map<String, double[]> state() {
    Map<String, double[]> state = new LinkedHashMap<>();
    for (int i = 0; i < tallies.size(); i++) {
      state.put(watched.get(i).name(), tallies.get(i).state());
    }
    return state;
  }

  /**
   * Continues from what {@link #state} returned. A metric that it does not have, because it was not
   * asked for before, starts from nothing.
   *
   * @throws IllegalArgumentException if it is not a state of these metrics
   */
  void restore(Map<String, double[]> state) {
    reset();
    for (int i = 0; i < tallies.size(); i++) {
      double[] saved = state.get(watched.get(i).name());
      if (saved != null) {
        tallies.get(i).restore(saved);
      }
    }
  }
}
