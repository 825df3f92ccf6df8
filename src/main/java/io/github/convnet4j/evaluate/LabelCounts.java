package io.github.convnet4j.evaluate;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Counts for examples that may have any number of labels. A label is predicted if its probability
 * is at least one half. NaN is a wrong prediction.
 */
final class LabelCounts {
  private static final float THRESHOLD = 0.5f;

  private final ClassCounts labels;
  private long examples;
  private long exact;

  /**
   * @param labels how many labels there are
   */
  LabelCounts(int labels) {
    this(new ClassCounts(labels), 0, 0);
  }

  private LabelCounts(ClassCounts labels, long examples, long exact) {
    this.labels = labels;
    this.examples = examples;
    this.exact = exact;
  }

  /**
   * Adds examples.
   *
   * @param targets {@code [examples, labels]}, from 0 to 1; an example has the labels whose target
   *     is at least one half
   * @param probabilities {@code [examples, labels]}
   * @throws IllegalArgumentException if a target is not from 0 to 1; nothing is added then
   */
  void add(float[] targets, float[] probabilities) {
    int n = labels.classes();
    checkShares(targets, n);
    for (int from = 0; from < targets.length; from += n) {
      boolean all = true;
      for (int label = 0; label < n; label++) {
        boolean has = targets[from + label] >= THRESHOLD;
        float probability = probabilities[from + label];
        boolean predicted = Float.isNaN(probability) ? !has : probability >= THRESHOLD;
        labels.add(label, has, predicted);
        all &= predicted == has;
      }
      exact += all ? 1 : 0;
      examples++;
    }
  }

  private static void checkShares(float[] targets, int n) {
    for (int i = 0; i < targets.length; i++) {
      if (!(targets[i] >= 0 && targets[i] <= 1)) {
        throw new IllegalArgumentException(
            "target %d of example %d must be from 0 to 1: %s".formatted(i % n, i / n, targets[i]));
      }
    }
  }

  /**
   * @param targets {@code [examples, n]}
   * @throws IllegalArgumentException if a target is neither 0 nor 1
   */
  static void checkTargets(float[] targets, int n) {
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] != 0 && targets[i] != 1) {
        throw new IllegalArgumentException(
            "target %d of example %d must be 0 or 1: %s".formatted(i % n, i / n, targets[i]));
      }
    }
  }

  /** Counts of each label. */
  ClassCounts labels() {
    return labels;
  }

  /** Number of examples. */
  long examples() {
    return examples;
  }

  /** Number of examples whose labels were all correctly predicted. */
  long exact() {
    return exact;
  }

  /** Number of examples for which a label was correctly predicted. */
  long correct(int label) {
    return examples - labels.labelled(label) - labels.predicted(label) + 2 * labels.hits(label);
  }

  /** Returns the state of the labels' counts, followed by the two numbers of examples. */
  double[] state() {
    return DoubleStream.concat(
            DoubleStream.of(labels.state()), LongStream.of(examples, exact).asDoubleStream())
        .toArray();
  }

  /** Reads what {@link #state()} returns. */
  static LabelCounts read(TallyState state, int labels) {
    return new LabelCounts(ClassCounts.read(state, labels), state.nextCount(), state.nextCount());
  }
}
