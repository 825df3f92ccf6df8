package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How good a network's predictions for some examples are: the loss, the value of each metric, and a
 * confusion matrix if there are classes. Immutable.
 *
 * @param loss the mean of the examples' losses, without any penalty on weights
 * @param examples the number of examples
 * @param values the value of each metric by its name, in the order of the metrics
 * @param confusionMatrix how often the examples (or pixels) of each class were predicted as each
 *     class; empty if the task has no classes
 */
public record Scores(
    double loss,
    long examples,
    Map<String, Double> values,
    Optional<ConfusionMatrix> confusionMatrix) {
  private static final String LOSS = "loss";
  private static final String ACCURACY = "accuracy";

  /** Copies the values, in their order. */
  public Scores {
    if (examples < 0) {
      throw new IllegalArgumentException("examples must be at least 0: " + examples);
    }
    if (values.containsKey(LOSS)) {
      throw new IllegalArgumentException(
          "values must not have the name \"loss\", which is the loss itself: " + values.get(LOSS));
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Returns scores without a confusion matrix.
   *
   * @param loss the mean of the examples' losses
   * @param examples the number of examples
   * @param values the value of each metric by its name, in a map with an order
   */
  public static Scores of(double loss, long examples, Map<String, Double> values) {
    return new Scores(loss, examples, values, Optional.empty());
  }

  /** Returns these scores with a confusion matrix. */
  public Scores withConfusionMatrix(ConfusionMatrix matrix) {
    return new Scores(loss, examples, values, Optional.of(matrix));
  }

  /** Returns the names of the metrics, in order. */
  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  /**
   * Returns the value of a metric. {@code value("loss")} is the loss.
   *
   * @param name one of {@link #names()}, or {@code loss}
   * @throws IllegalArgumentException if there is no such metric; the message lists those there are
   */
  public double value(String name) {
    if (name.equals(LOSS)) {
      return loss;
    }
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("name must be one of %s: \"%s\"".formatted(known(), name));
    }
    return value;
  }

  /**
   * Returns the share of correctly classified examples, from 0 to 1: the metric {@code accuracy},
   * or else that of the confusion matrix. NaN if there are no examples.
   *
   * @throws IllegalStateException if there is neither; the message lists the metrics
   */
  public double accuracy() {
    Double value = values.get(ACCURACY);
    return value != null ? value : accuracy(matrix(ACCURACY));
  }

  /**
   * Returns the number of correctly classified examples; for a segmentation, of pixels.
   *
   * @throws IllegalStateException if there is no confusion matrix; the message lists the metrics
   */
  public long correct() {
    return matrix("number of correctly classified examples").correct();
  }

  /**
   * Returns the number of classified examples; for a segmentation, of labelled pixels.
   *
   * @throws IllegalStateException if there is no confusion matrix; the message lists the metrics
   */
  public long total() {
    return matrix("number of classified examples").total();
  }

  private ConfusionMatrix matrix(String wanted) {
    return confusionMatrix.orElseThrow(
        () ->
            new IllegalStateException(
                "these scores have no %s: they have %s".formatted(wanted, known())));
  }

  private String known() {
    List<String> known = new ArrayList<>();
    known.add(LOSS);
    known.addAll(values.keySet());
    return String.join(", ", known);
  }

  private static double accuracy(ConfusionMatrix matrix) {
    return (double) matrix.correct() / matrix.total();
  }

  /**
   * Returns a single line: {@code loss 0.0812, accuracy 0.9751 (9751 of 10000), f1 0.9748} with a
   * confusion matrix, otherwise {@code loss 0.0012, mean_absolute_error 0.0270, r2 0.9751}.
   */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    append(line, LOSS, loss);
    confusionMatrix.ifPresent(
        matrix -> {
          append(line, ACCURACY, accuracy(matrix));
          line.append(" (").append(matrix.correct());
          line.append(" of ").append(matrix.total()).append(')');
        });
    values.forEach(
        (name, value) -> {
          if (confusionMatrix.isEmpty() || !name.equals(ACCURACY)) {
            append(line, name, value);
          }
        });
    return line.toString();
  }

  private static void append(StringBuilder line, String name, double value) {
    line.append(line.isEmpty() ? "" : ", ")
        .append(name)
        .append(String.format(Locale.ROOT, " %.4f", value));
  }
}
