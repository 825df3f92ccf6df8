package io.github.convnet4j.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * The tasks of a network with several outputs; created by {@link Tasks#all}.
 *
 * @param outputs one for each output, with different names
 */
public record MultiTask(List<OutputTask<?>> outputs) {
  /** Checks the names. */
  public MultiTask {
    outputs = List.copyOf(outputs);
    List<String> names = outputs.stream().map(OutputTask::output).toList();
    if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(
          "outputs must be at least one, with different names: " + names);
    }
  }

  /**
   * Returns the predictions for one example.
   *
   * @param values for each output what the loss's {@code predictions} returns, in order
   * @param shapes shapes of the outputs
   */
  public Answers prediction(List<float[]> values, List<Shape> shapes) {
    Map<OutputTask<?>, Object> predictions = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      OutputTask<?> output = outputs.get(i);
      predictions.put(output, output.task().prediction(values.get(i), shapes.get(i)));
    }
    return new Answers(predictions);
  }
}
