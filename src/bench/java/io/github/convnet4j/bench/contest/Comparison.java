package io.github.convnet4j.bench.contest;

import io.github.convnet4j.bench.stats.PairedRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares each pair of contestants, and all contestants with the first one. */
final class Comparison {
  private final Map<String, List<Double>> timesOfRounds;

  /**
   * Compares these times.
   *
   * @param timesOfRounds one time for each round, by contestant's name
   */
  Comparison(Map<String, List<Double>> timesOfRounds) {
    this.timesOfRounds = timesOfRounds;
  }

  /** Returns how much longer a contestant takes than the first one. */
  PairedRatio toFirst(String name) {
    return of(name, timesOfRounds.keySet().iterator().next());
  }

  /** Returns each pair once: the time of the later one divided by that of the earlier one. */
  List<PairedRatio> pairs() {
    List<String> names = List.copyOf(timesOfRounds.keySet());
    List<PairedRatio> pairs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (int k = i + 1; k < names.size(); k++) {
        pairs.add(of(names.get(k), names.get(i)));
      }
    }
    return pairs;
  }

  private PairedRatio of(String name, String to) {
    return PairedRatio.of(name, timesOfRounds.get(name), to, timesOfRounds.get(to));
  }
}
