package io.github.convnet4j.commandline;

import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a metric as typed. */
final class MetricText implements ITypeConverter<Metric> {
  /** A target that is neither 0 nor 1. */
  private static final float NUMBER = 2.5f;

  @Override
  public Metric convert(String text) {
    try {
      return Metrics.named(text.strip());
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /**
   * Checks that metrics suit a task, by trying them on an example.
   *
   * @param option the option that names them
   * @param output shape of the network's output
   * @throws UsageException if one does not; the message lists those that do
   */
  static void check(
      String option, List<Metric> metrics, TaskKind kind, Task<?> task, Shape output) {
    for (Metric metric : metrics) {
      if (!suits(metric, kind, task, output)) {
        throw new UsageException(
            "%s: %s; metrics for %s are %s"
                .formatted(
                    option,
                    reason(metric, kind, task, output),
                    kind,
                    Metrics.names().stream()
                        .filter(name -> suits(Metrics.named(name), kind, task, output))
                        .collect(Collectors.joining(", "))));
      }
    }
  }

  /** Returns what is wrong with the shapes, or else with the kind of the targets. */
  private static String reason(Metric metric, TaskKind kind, Task<?> task, Shape output) {
    try {
      metric.tally(output, task.targetShape(output));
      return "%s is not for %s".formatted(metric.name(), kind);
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static boolean suits(Metric metric, TaskKind kind, Task<?> task, Shape output) {
    Shape target = task.targetShape(output);
    float[] targets = new float[Math.toIntExact(target.size())];
    switch (kind) {
      case CLASSIFICATION -> targets[0] = 1;
      case MULTI_LABEL -> Arrays.fill(targets, 1);
      case REGRESSION -> Arrays.fill(targets, NUMBER);
      case SEGMENTATION -> Arrays.fill(targets, 0);
    }
    try {
      metric.tally(output, target).add(1, new float[Math.toIntExact(output.size())], targets);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
