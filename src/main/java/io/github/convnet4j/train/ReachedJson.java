package io.github.convnet4j.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON form of {@link Reached}.
 *
 * @param steps number of completed steps
 * @param epochs number of completed epochs
 * @param inEpoch position in the next epoch
 * @param history one entry for each epoch
 */
record ReachedJson(long steps, int epochs, Reached.InEpoch inEpoch, List<Epoch> history) {

  /**
   * An epoch.
   *
   * @param validation a list of at most one validation
   */
  record Epoch(int epoch, double cost, double accuracy, List<Validation> validation) {}

  /**
   * The evaluation of the validation images.
   *
   * @param counts the nonzero counts of the confusion matrix: label, prediction, count, and so on
   */
  record Validation(double loss, List<Long> counts) {}

  static ReachedJson of(Reached reached) {
    return new ReachedJson(
        reached.steps(),
        reached.epochs(),
        reached.inEpoch(),
        reached.history().stream()
            .map(
                epoch ->
                    new Epoch(
                        epoch.epoch(),
                        epoch.cost(),
                        epoch.accuracy(),
                        epoch.validation().map(ReachedJson::validation).stream().toList()))
            .toList());
  }

  private static Validation validation(Evaluation evaluation) {
    List<Long> counts = new ArrayList<>();
    for (ConfusionMatrix.Cell cell : evaluation.confusionMatrix().cells()) {
      counts.addAll(List.of((long) cell.label(), (long) cell.prediction(), cell.count()));
    }
    return new Validation(evaluation.loss(), counts);
  }

  /** In old versions the last batch of an epoch was always a short one. */
  static void addWhatOldVersionsLack(JsonNode reached) {
    if (reached.path("inEpoch") instanceof ObjectNode inEpoch && !inEpoch.has("lastBatch")) {
      inEpoch.put("lastBatch", FitOptions.LastBatch.SHORT.name());
    }
  }

  /**
   * Converts it back.
   *
   * @throws IllegalArgumentException if the values are inconsistent
   */
  Reached toReached(List<String> classNames) {
    List<EpochResult> results = new ArrayList<>();
    for (Epoch epoch : history) {
      Optional<Evaluation> validation =
          epoch.validation().stream().findFirst().map(v -> evaluation(v, classNames));
      results.add(new EpochResult(epoch.epoch(), epoch.cost(), epoch.accuracy(), validation));
    }
    return new Reached(steps, epochs, inEpoch, results);
  }

  private static Evaluation evaluation(Validation validation, List<String> classNames) {
    int classes = classNames.size();
    List<Long> listed = validation.counts();
    if (listed.size() % 3 != 0) {
      throw new IllegalArgumentException(
          "counts must be triples of label, prediction and count: " + listed);
    }
    List<ConfusionMatrix.Cell> cells = new ArrayList<>();
    for (int i = 0; i < listed.size(); i += 3) {
      int label = index(listed.get(i), classes);
      cells.add(
          new ConfusionMatrix.Cell(label, index(listed.get(i + 1), classes), listed.get(i + 2)));
    }
    return new Evaluation(validation.loss(), ConfusionMatrix.ofCells(classNames, cells));
  }

  private static int index(long value, int classes) {
    if (value < 0 || value >= classes) {
      throw new IllegalArgumentException(
          "counts must have classes from 0 to %d: %d".formatted(classes - 1, value));
    }
    return (int) value;
  }
}
