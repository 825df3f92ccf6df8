package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Precision, recall and F1 of one class, or their means over several classes. A score that would
 * divide by zero is 0.
 *
 * @param name the name of the class or of the mean
 * @param precision the share of the examples predicted as the class that belong to it
 * @param recall the share of the examples of the class that were predicted as it
 * @param f1 the harmonic mean of precision and recall
 * @param support the number of examples of the class
 */
public record ClassScores(String name, double precision, double recall, double f1, long support) {

  /**
   * Computes scores from counts.
   *
   * @param hits examples of the class that were predicted as it
   * @param predicted examples that were predicted as the class
   * @param labelled examples of the class
   */
  static ClassScores of(String name, long hits, long predicted, long labelled) {
    return new ClassScores(
        name,
        Ratio.PRECISION.of(hits, predicted, labelled),
        Ratio.RECALL.of(hits, predicted, labelled),
        Ratio.F1.of(hits, predicted, labelled),
        labelled);
  }

  /** Returns the weighted mean of {@code classes}. */
  static ClassScores mean(String name, List<ClassScores> classes, double[] weights) {
    double total = PairwiseSum.of(weights);
    double[] precision = new double[weights.length];
    double[] recall = new double[weights.length];
    double[] f1 = new double[weights.length];
    long support = 0;
    for (int i = 0; i < weights.length; i++) {
      ClassScores scores = classes.get(i);
      precision[i] = weights[i] * scores.precision;
      recall[i] = weights[i] * scores.recall;
      f1[i] = weights[i] * scores.f1;
      support += scores.support;
    }
    return new ClassScores(
        name,
        PairwiseSum.of(precision) / total,
        PairwiseSum.of(recall) / total,
        PairwiseSum.of(f1) / total,
        support);
  }

  /** Returns sentences that say which scores of a class are 0 for lack of examples. */
  static List<String> notes(String name, long predicted, long labelled) {
    List<String> notes = new ArrayList<>();
    if (predicted == 0) {
      notes.add("precision of \"%s\" is set to 0: no example was predicted as it".formatted(name));
    }
    if (labelled == 0) {
      notes.add("recall of \"%s\" is set to 0: no example belongs to it".formatted(name));
    }
    if (predicted + labelled == 0) {
      notes.add(
          "f1 of \"%s\" is set to 0: no example belongs to it or was predicted as it"
              .formatted(name));
    }
    return notes;
  }
}
