package io.github.convnet4j.task;

import java.util.Map;
import java.util.stream.Collectors;

/** The predictions of all outputs of a network for one example. Immutable. */
public final class Answers {
  private final Map<OutputTask<?>, Object> predictions;

  Answers(Map<OutputTask<?>, Object> predictions) {
    this.predictions = predictions;
  }

  /**
   * Returns the prediction of an output.
   *
   * @param output one of those that the model was created with
   * @throws IllegalArgumentException if it is not
   */
  @SuppressWarnings("unchecked") // The prediction was made by this task.
  public <P> P of(OutputTask<P> output) {
    Object prediction = predictions.get(output);
    if (prediction == null) {
      throw new IllegalArgumentException(
          "output must be one of the model's, %s: %s".formatted(predictions.keySet(), output));
    }
    return (P) prediction;
  }

  /** Returns the names of the outputs with their predictions. */
  @Override
  public String toString() {
    return predictions.entrySet().stream()
        .map(entry -> entry.getKey().output() + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
