package io.github.convnet4j.train;

import io.github.convnet4j.evaluate.Scores;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The result of one epoch of training.
 *
 * @param epoch number of the epoch, from 1, including those of earlier calls
 * @param cost mean of the batches' costs, weighted by their sizes; each is computed before its
 *     update
 * @param metrics the value of each metric on the training examples, by name and in order. Each
 *     batch is counted before its update and with dropout active, so they are usually worse than in
 *     an evaluation after the epoch
 * @param validation evaluation of the validation examples after the epoch, if there are any
 */
public record EpochResult(
    int epoch, double cost, Map<String, Double> metrics, Optional<Scores> validation) {
  /** The name of {@link #cost}. */
  public static final String COST = "cost";

  /** What the names of the validation's values start with. */
  public static final String VALIDATION = "val_";

  private static final String ACCURACY = "accuracy";

  /** Keeps a copy of the metrics. */
  public EpochResult {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * Returns all values by name, in order: {@code cost}, the metrics, and, if there is a validation,
   * {@code val_loss} and the metrics with {@code val_} before their names.
   */
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(COST, cost);
    values.putAll(metrics);
    validation.ifPresent(
        scores -> {
          values.put(VALIDATION + "loss", scores.loss());
          scores.values().forEach((name, value) -> values.put(VALIDATION + name, value));
        });
    return values;
  }

  /**
   * Returns one of the {@link #values}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double value(String name) {
    Map<String, Double> values = values();
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException(
          "name must be one of %s: %s".formatted(values.keySet(), name));
    }
    return values.get(name);
  }

  /**
   * Returns the share of the training examples that were correctly classified during the epoch.
   *
   * @throws IllegalArgumentException if the accuracy was not computed
   */
  public double accuracy() {
    return value(ACCURACY);
  }

  /** Returns one line for a log. */
  @Override
  public String toString() {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "epoch %d: cost %.9f", epoch, cost));
    metrics.forEach(
        (name, value) -> line.append(String.format(Locale.ROOT, ", %s %.4f", name, value)));
    validation.ifPresent(scores -> line.append("; validation: ").append(scores));
    return line.toString();
  }
}
