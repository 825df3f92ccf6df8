package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * How well one class was found, or the mean of several classes. Where a score would divide by zero
 * it is 0.
 *
 * @param name the class's, or the mean's
 * @param precision of the examples taken for the class, the share that is of it
 * @param recall of the examples of the class, the share that was taken for it
 * @param f1 the harmonic mean of precision and recall
 * @param support how many examples are of the class
 */
public record ClassScores(String name, double precision, double recall, double f1, long support) {

  /**
   * From counts.
   *
   * @param hits examples of the class that were taken for it
   * @param predicted examples that were taken for the class
   * @param labelled examples of the class
   */
  static ClassScores of(String name, long hits, long predicted, long labelled) {
    return new ClassScores(
        name,
        ratio(hits, predicted),
        ratio(hits, labelled),
        ratio(2 * hits, predicted + labelled),
        labelled);
  }

  /** The mean of {@code classes}, each counted as often as its weight says. */
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

  /** Which of a class's scores are 0 for want of examples, in words. */
  static List<String> notes(String name, long predicted, long labelled) {
    List<String> notes = new ArrayList<>();
    if (predicted == 0) {
      notes.add("precision of \"%s\" is set to 0: nothing was taken for it".formatted(name));
    }
    if (labelled == 0) {
      notes.add("recall of \"%s\" is set to 0: no example is of it".formatted(name));
    }
    if (predicted + labelled == 0) {
      notes.add("f1 of \"%s\" is set to 0: nothing is of it or was taken for it".formatted(name));
    }
    return notes;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
