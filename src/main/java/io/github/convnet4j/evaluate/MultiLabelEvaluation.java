package io.github.convnet4j.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The result of a network on examples that may have any number of labels. A label is correctly
 * predicted if its probability is at least one half for an example that has it, or less than one
 * half for an example that does not.
 *
 * @param loss the mean of the examples' losses, without any penalty on weights
 * @param labelAccuracies for each label, the share of examples for which it was correctly predicted
 * @param exactMatch the share of examples whose labels were all correctly predicted
 */
public record MultiLabelEvaluation(double loss, List<Double> labelAccuracies, double exactMatch) {
  public MultiLabelEvaluation {
    labelAccuracies = List.copyOf(labelAccuracies);
    if (labelAccuracies.isEmpty()) {
      throw new IllegalArgumentException("labelAccuracies must not be empty");
    }
  }

  /**
   * Computes the result.
   *
   * @param loss the mean of the examples' losses
   * @param targets {@code [examples, n]} row by row, each 0 or 1
   * @param probabilities {@code [examples, n]} row by row
   * @param n number of labels
   * @throws IllegalArgumentException if the arrays do not have the same whole number of rows, or a
   *     target is neither 0 nor 1
   */
  public static MultiLabelEvaluation of(
      double loss, float[] targets, float[] probabilities, int n) {
    List<String> numbers = IntStream.range(0, n).mapToObj(String::valueOf).toList();
    TargetRows.check(targets, probabilities, n);
    MultiLabelReport report = MultiLabelReport.of(numbers, targets, probabilities);
    return new MultiLabelEvaluation(loss, report.labelAccuracies(), report.exactMatch());
  }

  /** Returns the share of correctly predicted labels, over all examples. */
  public double accuracy() {
    return PairwiseSum.mean(labelAccuracies.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Returns a single line: {@code loss 0.0812, accuracy 0.9751, exact match 0.9403}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "loss %.4f, accuracy %.4f, exact match %.4f", loss, accuracy(), exactMatch);
  }
}
