package io.github.convnet4j.train;

import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON form of {@link Reached}, with what the metrics have counted in the current epoch.
 *
 * @param steps number of completed steps
 * @param epochs number of completed epochs
 * @param inEpoch position in the next epoch
 * @param metrics what the metrics have counted in it, by their names
 * @param history one entry for each epoch
 * @param pixels the smallest and the largest value of the images so far; empty without images
 */
record ReachedJson(
    long steps,
    int epochs,
    Reached.InEpoch inEpoch,
    Map<String, List<Double>> metrics,
    List<Epoch> history,
    List<Double> pixels) {
  static final ReachedJson NOTHING = of(Reached.NOTHING, Map.of());

  /**
   * An epoch.
   *
   * @param validation a list of at most one validation
   */
  record Epoch(int epoch, double cost, Map<String, Double> metrics, List<Validation> validation) {}

  /**
   * The evaluation of the validation examples.
   *
   * @param values the metrics' values by name
   * @param counts the nonzero counts of the confusion matrix: label, prediction, count, and so on;
   *     empty if there is no matrix
   */
  record Validation(double loss, long examples, Map<String, Double> values, List<Long> counts) {}

  /**
   * @param metrics what the metrics have counted in the current epoch
   */
  static ReachedJson of(Reached reached, Map<String, double[]> metrics) {
    Map<String, List<Double>> lists = new LinkedHashMap<>();
    metrics.forEach(
        (name, state) -> {
          List<Double> list = new ArrayList<>(state.length);
          for (double value : state) {
            list.add(value);
          }
          lists.put(name, list);
        });
    return new ReachedJson(
        reached.steps(),
        reached.epochs(),
        reached.inEpoch(),
        lists,
        reached.history().stream().map(ReachedJson::epoch).toList(),
        reached.pixels().limits());
  }

  private static Epoch epoch(EpochResult epoch) {
    return new Epoch(
        epoch.epoch(),
        epoch.cost(),
        epoch.metrics(),
        epoch.validation().map(ReachedJson::validation).stream().toList());
  }

  private static Validation validation(Scores scores) {
    List<Long> counts = new ArrayList<>();
    scores
        .confusionMatrix()
        .ifPresent(
            matrix -> {
              for (ConfusionMatrix.Cell cell : matrix.cells()) {
                counts.addAll(List.of((long) cell.label(), (long) cell.prediction(), cell.count()));
              }
            });
    return new Validation(scores.loss(), scores.examples(), scores.values(), counts);
  }

  /** Returns what the metrics have counted in the current epoch. */
  Map<String, double[]> metricStates() {
    Map<String, double[]> states = new LinkedHashMap<>();
    metrics.forEach(
        (name, list) -> states.put(name, list.stream().mapToDouble(Double::doubleValue).toArray()));
    return states;
  }

  /**
   * Converts the rest back.
   *
   * @param classNames the names of the classes, if the model has one output with classes
   * @throws IllegalArgumentException if the values are inconsistent
   */
  Reached toReached(List<String> classNames) {
    List<EpochResult> results = new ArrayList<>();
    for (Epoch epoch : history) {
      Optional<Scores> validation =
          epoch.validation().stream().findFirst().map(v -> scores(v, classNames));
      results.add(new EpochResult(epoch.epoch(), epoch.cost(), epoch.metrics(), validation));
    }
    return new Reached(steps, epochs, inEpoch, results, PixelRange.of(pixels));
  }

  /** Returns the results of the epochs, without confusion matrices. */
  List<EpochResult> toHistory() {
    return history.stream()
        .map(
            epoch ->
                new EpochResult(
                    epoch.epoch(),
                    epoch.cost(),
                    epoch.metrics(),
                    epoch.validation().stream().findFirst().map(ReachedJson::scores)))
        .toList();
  }

  private static Scores scores(Validation validation) {
    return Scores.of(validation.loss(), validation.examples(), validation.values());
  }

  private static Scores scores(Validation validation, List<String> classNames) {
    Scores scores = scores(validation);
    return validation.counts().isEmpty()
        ? scores
        : scores.withConfusionMatrix(matrix(validation.counts(), classNames));
  }

  private static ConfusionMatrix matrix(List<Long> listed, List<String> classNames) {
    if (listed.size() % 3 != 0) {
      throw new IllegalArgumentException(
          "counts must be triples of label, prediction and count: " + listed);
    }
    List<ConfusionMatrix.Cell> cells = new ArrayList<>();
    for (int i = 0; i < listed.size(); i += 3) {
      int label = index(listed.get(i), classNames.size());
      int prediction = index(listed.get(i + 1), classNames.size());
      cells.add(new ConfusionMatrix.Cell(label, prediction, listed.get(i + 2)));
    }
    return ConfusionMatrix.ofCells(classNames, cells);
  }

  private static int index(long value, int classes) {
    if (value < 0 || value >= classes) {
      throw new IllegalArgumentException(
          "counts must have classes from 0 to %d: %d".formatted(classes - 1, value));
    }
    return (int) value;
  }
}
