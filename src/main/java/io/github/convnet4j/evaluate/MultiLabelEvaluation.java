package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How often labels, of which an example may have any number, were told rightly. A label is told
 * rightly if its probability is at least a half where the example has it, and below where not.
 *
 * @param loss the mean of the examples' losses, without any penalty on weights
 * @param labelAccuracies for each label, the share of examples where it was told rightly
 * @param exactMatch the share of examples all of whose labels were told rightly
 */
public record MultiLabelEvaluation(double loss, List<Double> labelAccuracies, double exactMatch) {
  private static final float THRESHOLD = 0.5f;

  public MultiLabelEvaluation {
    labelAccuracies = List.copyOf(labelAccuracies);
    if (labelAccuracies.isEmpty()) {
      throw new IllegalArgumentException("labelAccuracies must not be empty");
    }
  }

  /**
   * Counts.
   *
   * @param loss the mean of the examples' losses
   * @param targets {@code [examples, n]} row by row, each 0 or 1
   * @param probabilities {@code [examples, n]} row by row
   * @param n labels
   * @throws IllegalArgumentException if the arrays are not whole rows, and as many, or a target is
   *     neither 0 nor 1
   */
  public static MultiLabelEvaluation of(
      double loss, float[] targets, float[] probabilities, int n) {
    TargetRows.check(targets, probabilities, n);
    int examples = targets.length / n;
    int[] right = new int[n];
    int exact = 0;
    for (int i = 0; i < examples; i++) {
      boolean all = true;
      for (int label = 0; label < n; label++) {
        boolean has = has(targets[i * n + label], i, label);
        // NaN is not right, whatever the example has.
        float probability = probabilities[i * n + label];
        boolean told = has ? probability >= THRESHOLD : probability < THRESHOLD;
        right[label] += told ? 1 : 0;
        all &= told;
      }
      exact += all ? 1 : 0;
    }
    List<Double> accuracies = new ArrayList<>();
    for (int count : right) {
      accuracies.add((double) count / examples);
    }
    return new MultiLabelEvaluation(loss, accuracies, (double) exact / examples);
  }

  private static boolean has(float target, int example, int label) {
    if (target != 0 && target != 1) {
      throw new IllegalArgumentException(
          "target %d of example %d must be 0 or 1: %s".formatted(label, example, target));
    }
    return target == 1;
  }

  /** The share of labels that were told rightly, over all examples. */
  public double accuracy() {
    return PairwiseSum.mean(labelAccuracies.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** In one line: {@code loss 0.0812, accuracy 0.9751, all labels right 0.9403}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "loss %.4f, accuracy %.4f, all labels right %.4f",
        loss,
        accuracy(),
        exactMatch);
  }
}
