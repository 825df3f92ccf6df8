package io.github.convnet4j.evaluate;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * For each class, how many examples belong to it, were predicted as it, and both. Many metrics need
 * no more than these sums of a confusion matrix, which take little memory with many classes. An
 * example may belong to several classes, called labels then.
 */
final class ClassCounts {
  private final long[] hits;
  private final long[] predicted;
  private final long[] labelled;

  ClassCounts(int classes) {
    this.hits = new long[classes];
    this.predicted = new long[classes];
    this.labelled = new long[classes];
  }

  int classes() {
    return hits.length;
  }

  /** Adds an example of class {@code label} that was predicted as class {@code prediction}. */
  void add(int label, int prediction) {
    add(label, prediction, 1);
  }

  /** Adds this many examples of class {@code label} that were predicted as another or the same. */
  void add(int label, int prediction, long count) {
    labelled[label] += count;
    predicted[prediction] += count;
    if (label == prediction) {
      hits[label] += count;
    }
  }

  /** Adds whether an example belongs to one of several classes, and was predicted as it. */
  void add(int label, boolean belongs, boolean isPredicted) {
    labelled[label] += belongs ? 1 : 0;
    predicted[label] += isPredicted ? 1 : 0;
    hits[label] += belongs && isPredicted ? 1 : 0;
  }

  /** Number of examples of class {@code c} that were predicted as it. */
  long hits(int c) {
    return hits[c];
  }

  /** Number of examples that were predicted as class {@code c}. */
  long predicted(int c) {
    return predicted[c];
  }

  /** Number of examples of class {@code c}. */
  long labelled(int c) {
    return labelled[c];
  }

  long allHits() {
    return LongStream.of(hits).sum();
  }

  long allPredicted() {
    return LongStream.of(predicted).sum();
  }

  long allLabelled() {
    return LongStream.of(labelled).sum();
  }

  /** Returns {@code [classes, hits..., predicted..., labelled...]}. */
  double[] state() {
    LongStream counts =
        LongStream.concat(
            LongStream.of(hits),
            LongStream.concat(LongStream.of(predicted), LongStream.of(labelled)));
    return LongStream.concat(LongStream.of(classes()), counts).asDoubleStream().toArray();
  }

  /** Reads what {@link #state()} returns. */
  static ClassCounts read(TallyState state, int classes) {
    state.require("classes", classes);
    ClassCounts counts = new ClassCounts(classes);
    Arrays.setAll(counts.hits, c -> state.nextCount());
    Arrays.setAll(counts.predicted, c -> state.nextCount());
    Arrays.setAll(counts.labelled, c -> state.nextCount());
    return counts;
  }
}
