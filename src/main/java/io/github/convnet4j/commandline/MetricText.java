package io.github.convnet4j.commandline;

import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.task.Task;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a metric as typed. */
final class MetricText implements ITypeConverter<Metric> {
  @Override
  public Metric convert(String text) {
    try {
      return Metrics.named(text.strip());
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /**
   * Checks that metrics suit a task.
   *
   * @param output shape of the network's output
   */
  static void check(List<Metric> metrics, Task<?> task, Shape output) {
    for (Metric metric : metrics) {
      UsageException.naming("--metrics", () -> metric.tally(output, task.targetShape(output)));
    }
  }
}
