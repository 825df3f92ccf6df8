package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well labels are predicted, of which an example may have any number. A label is predicted if
 * its probability is at least one half. A probability that is NaN is a wrong prediction.
 *
 * @param labels precision, recall and F1 of each label; those that would divide by zero are 0
 * @param labelAccuracies for each label, the share of examples for which it was correctly predicted
 * @param exactMatch the share of examples whose labels were all correctly predicted
 */
public record MultiLabelReport(
    List<ClassScores> labels, List<Double> labelAccuracies, double exactMatch) {
  /** Copies the lists. */
  public MultiLabelReport {
    labels = List.copyOf(labels);
    labelAccuracies = List.copyOf(labelAccuracies);
    if (labels.isEmpty() || labels.size() != labelAccuracies.size()) {
      throw new IllegalArgumentException(
          "labels and labelAccuracies must have the same length, at least 1: %d and %d"
              .formatted(labels.size(), labelAccuracies.size()));
    }
  }

  /**
   * Computes the report.
   *
   * @param labelNames one for each label, at least one
   * @param targets {@code [examples, labels]} row by row, from 0 to 1; an example has the labels
   *     whose target is at least one half
   * @param probabilities {@code [examples, labels]} row by row
   * @throws IllegalArgumentException if the arrays do not have the same whole number of rows, or a
   *     target is not from 0 to 1
   */
  public static MultiLabelReport of(
      List<String> labelNames, float[] targets, float[] probabilities) {
    int n = labelNames.size();
    if (n == 0) {
      throw new IllegalArgumentException("labelNames must not be empty");
    }
    TargetRows.check(targets, probabilities, n);
    LabelCounts counts = new LabelCounts(n);
    counts.add(targets, probabilities);
    List<ClassScores> scores = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    for (int label = 0; label < n; label++) {
      ClassCounts ofLabels = counts.labels();
      scores.add(
          ClassScores.of(
              labelNames.get(label),
              ofLabels.hits(label),
              ofLabels.predicted(label),
              ofLabels.labelled(label)));
      accuracies.add((double) counts.correct(label) / counts.examples());
    }
    return new MultiLabelReport(scores, accuracies, (double) counts.exact() / counts.examples());
  }

  /** Returns the share of correctly predicted labels, over all examples. */
  public double accuracy() {
    return PairwiseSum.mean(labelAccuracies.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Returns the mean of precision, recall and F1 over the labels with equal weights. */
  public ClassScores macro() {
    double[] ones = new double[labels.size()];
    Arrays.fill(ones, 1);
    return ClassScores.mean("macro avg", labels, ones);
  }

  /** Returns a table with precision, recall and F1 of each label, and their means. */
  @Override
  public String toString() {
    ReportText text = new ReportText(labels.stream().map(ClassScores::name).toList(), 2);
    text.header();
    labels.forEach(text::row);
    text.blankLine();
    text.row(macro());
    return text.toString();
  }
}
