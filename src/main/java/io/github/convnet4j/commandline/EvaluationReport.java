package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Scores;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows the scores of a model, as its task needs it. */
interface EvaluationReport {
  /**
   * Returns the report for a task.
   *
   * @param metrics what the user asked for besides
   */
  static EvaluationReport of(KnownTask task, List<Metric> metrics) {
    return switch (task.kind()) {
      case CLASSIFICATION -> new ClassScoresReport(metrics);
      case MULTI_LABEL -> new LabelScoresReport(task.names());
      case REGRESSION -> new NumberScoresReport(task.names());
      case SEGMENTATION -> new PixelScoresReport();
    };
  }

  /** Returns the metrics that the report needs besides those of the task. */
  default List<Metric> metrics() {
    return List.of();
  }

  /**
   * Prints the scores.
   *
   * @param scores with the values of {@link #metrics}
   */
  void print(PrintStream out, Scores scores);

  /** Returns the scores as JSON. */
  ObjectNode json(Scores scores);

  /** Returns scores without the values of metrics that only the report needs. */
  static Scores without(List<Metric> metrics, Scores scores) {
    Map<String, Double> others = new LinkedHashMap<>(scores.values());
    metrics.forEach(metric -> others.remove(metric.name()));
    return new Scores(scores.loss(), scores.examples(), others, scores.confusionMatrix());
  }

  /** Puts values into JSON by their names. */
  static void putValues(ObjectNode json, Map<String, Double> values) {
    ObjectNode object = json.putObject("metrics");
    values.forEach((name, value) -> Json.put(object, name, value));
  }
}
