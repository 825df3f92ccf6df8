package io.github.convnet4j.task;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;

/**
 * The task of one of a network's outputs.
 *
 * @param <P> type of a prediction
 * @param output the name of the output
 * @param task what the output means
 * @param weight by which the output's loss is multiplied before the losses are added, at least 0
 */
public record OutputTask<P>(String output, Task<P> task, double weight) {
  /** Checks the weight. */
  public OutputTask {
    requireNonNull(output, "output");
    requireNonNull(task, "task");
    Require.notNegative("weight", weight);
  }

  /** Returns a copy with this weight. */
  public OutputTask<P> weight(double newWeight) {
    return new OutputTask<>(output, task, newWeight);
  }
}
