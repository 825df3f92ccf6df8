package io.github.convnet4j.bench.profile;

import io.github.convnet4j.bench.stats.Quartiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;

/** The time of operations over several runs of a graph, by kind. */
final class OperationTimes {
  private static final double MICROSECONDS = 1e-6;

  private final List<Map<String, Double>> microsOfRuns = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /**
   * One kind of operation.
   *
   * @param kind the name of the kernel that ran, such as {@code _MklNativeConv2D}
   * @param count the number of them in a run
   * @param seconds the time of all of them together, the median over the runs
   */
  record Kind(String kind, int count, double seconds) {}

  /** Adds a traced run. */
  void add(RunMetadata metadata) {
    Map<String, Double> micros = new HashMap<>();
    counts.clear();
    for (DeviceStepStats device : metadata.getStepStats().getDevStatsList()) {
      for (NodeExecStats node : device.getNodeStatsList()) {
        String kind = kind(node.getTimelineLabel());
        double took = node.getOpEndRelMicros() - node.getOpStartRelMicros();
        micros.merge(kind, took, Double::sum);
        counts.merge(kind, 1, Integer::sum);
      }
    }
    microsOfRuns.add(micros);
  }

  /** Returns the kind in {@code name = Kind(inputs)}. */
  static String kind(String label) {
    String operation = label.substring(label.indexOf('=') + 1);
    int inputs = operation.indexOf('(');
    return (inputs < 0 ? operation : operation.substring(0, inputs)).strip();
  }

  /** Returns the kinds, the slowest first. */
  List<Kind> kinds() {
    return counts.entrySet().stream()
        .map(entry -> new Kind(entry.getKey(), entry.getValue(), median(entry.getKey())))
        .sorted(Comparator.comparingDouble(Kind::seconds).reversed())
        .toList();
  }

  private double median(String kind) {
    List<Double> micros = microsOfRuns.stream().map(run -> run.getOrDefault(kind, 0.0)).toList();
    return Quartiles.of(micros).median() * MICROSECONDS;
  }
}
