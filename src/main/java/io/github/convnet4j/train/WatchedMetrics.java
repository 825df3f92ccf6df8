package io.github.convnet4j.train;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.train.EpochMetrics.Watched;
import io.github.convnet4j.train.Heads.Head;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses the metrics of a run. */
final class WatchedMetrics {
  private static final String SEPARATOR = "_";
  private static final String METRICS = "metrics";

  private final Heads<?> heads;
  private final Map<String, Watched> watched = new LinkedHashMap<>();

  /** Starts with the metrics of the tasks, followed by others for the outputs that they suit. */
  WatchedMetrics(Heads<?> heads, List<Metric> others) {
    this.heads = heads;
    for (int i = 0; i < heads.all().size(); i++) {
      Head<?> head = heads.all().get(i);
      String owner = "the task " + head.task();
      for (Metric metric : Require.result(owner, METRICS, head.task().metrics(head.output()))) {
        add(i, Require.result(owner, METRICS, metric));
      }
    }
    others.forEach(this::add);
  }

  /** Adds a metric for the outputs that it suits. */
  private void add(Metric metric) {
    List<IllegalArgumentException> refusals = new ArrayList<>();
    for (int i = 0; i < heads.all().size(); i++) {
      try {
        add(i, metric);
      } catch (IllegalArgumentException e) {
        refusals.add(e);
      }
    }
    if (refusals.size() == heads.all().size()) {
      throw refusals.get(0);
    }
  }

  private void add(int output, Metric metric) {
    Head<?> head = heads.all().get(output);
    String plain = Require.result("the metric " + metric, "name", metric.name());
    String name = prefix(head) + plain;
    Watched added = new Watched(name, output, head, metric);
    added.newTally(); // Refuses shapes that do not suit the metric.
    Watched before = watched.putIfAbsent(name, added);
    if (before != null && !before.metric().equals(metric)) {
      throw new IllegalArgumentException(
          "metrics must have different names, but two are called " + metric.name());
    }
  }

  private String prefix(Head<?> head) {
    return heads.several() ? head.name() + SEPARATOR : "";
  }

  /**
   * Adds the built-in metric of this name, unless there is one of that name, or none is built in.
   */
  void addBuiltIn(String name) {
    if (watched.containsKey(name)) {
      return;
    }
    for (int i = 0; i < heads.all().size(); i++) {
      String prefix = prefix(heads.all().get(i));
      if (name.startsWith(prefix)) {
        Optional<Metric> builtIn = Metrics.find(name.substring(prefix.length()));
        if (builtIn.isPresent()) {
          add(i, builtIn.get());
        }
      }
    }
  }

  /** Returns the metric whose values have this name. */
  Optional<Metric> metric(String name) {
    return Optional.ofNullable(watched.get(name)).map(Watched::metric);
  }

  /** Returns the names of the metrics, in order. */
  List<String> names() {
    return List.copyOf(watched.keySet());
  }

  /** Returns a new, empty count of them. */
  EpochMetrics start() {
    return new EpochMetrics(List.copyOf(watched.values()));
  }
}
