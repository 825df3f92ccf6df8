package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The area under the receiver operating characteristic curve (ROC AUC) of each class against the
 * rest. It is the share of pairs of an example of the class and another example in which the former
 * has the higher probability of the class. Pairs with equal probabilities count one half.
 *
 * <p>If no example belongs to a class, or every example does, there are no such pairs, and the
 * class has no area.
 *
 * <p>T. Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27, 2006.
 */
public final class RocAuc {
  private final List<OptionalDouble> areas;
  private final long[] supports;

  private RocAuc(List<OptionalDouble> areas, long[] supports) {
    this.areas = areas;
    this.supports = supports;
  }

  static RocAuc of(LabelledPredictions predictions) {
    int n = predictions.size();
    int classes = predictions.classNames().size();
    List<OptionalDouble> areas = new ArrayList<>();
    long[] supports = new long[classes];
    for (int i = 0; i < n; i++) {
      supports[predictions.label(i)]++;
    }
    float[] scores = new float[n];
    boolean[] positive = new boolean[n];
    for (int c = 0; c < classes; c++) {
      for (int i = 0; i < n; i++) {
        scores[i] = predictions.probability(i, c);
        positive[i] = predictions.label(i) == c;
      }
      areas.add(area(scores, positive));
    }
    return new RocAuc(List.copyOf(areas), supports);
  }

  /**
   * Computes the area for one class from the Mann-Whitney statistic, with integer counts.
   *
   * @param scores none of them NaN
   */
  static OptionalDouble area(float[] scores, boolean[] positive) {
    long[] keys = Curve.keys(scores, positive);
    Arrays.sort(keys);
    long positives = 0;
    long negatives = 0;
    long twiceWon = 0;
    int start = 0;
    while (start < keys.length) {
      int end = start;
      long equalPositives = 0;
      while (end < keys.length && keys[end] >> 1 == keys[start] >> 1) {
        equalPositives += keys[end] & 1;
        end++;
      }
      long equalNegatives = end - start - equalPositives;
      twiceWon += equalPositives * (2 * negatives + equalNegatives);
      positives += equalPositives;
      negatives += equalNegatives;
      start = end;
    }
    return positives == 0 || negatives == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(twiceWon / (2.0 * positives * negatives));
  }

  /** Returns the area of each class; empty if no example belongs to it, or every example does. */
  public List<OptionalDouble> areas() {
    return areas;
  }

  /**
   * Returns the mean over the classes with equal weights; empty if a class has no area, where
   * scikit-learn returns NaN.
   */
  public OptionalDouble macro() {
    if (areas.stream().anyMatch(OptionalDouble::isEmpty)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        PairwiseSum.mean(areas.stream().mapToDouble(OptionalDouble::getAsDouble).toArray()));
  }

  /**
   * Returns the mean over the classes, weighted by their numbers of examples, so that classes
   * without examples do not count; empty if all examples belong to the same class.
   */
  public OptionalDouble weighted() {
    int[] present = IntStream.range(0, supports.length).filter(c -> supports[c] > 0).toArray();
    if (present.length < 2) {
      return OptionalDouble.empty();
    }
    double[] terms =
        Arrays.stream(present).mapToDouble(c -> supports[c] * areas.get(c).getAsDouble()).toArray();
    return OptionalDouble.of(PairwiseSum.of(terms) / Arrays.stream(supports).sum());
  }

  @Override
  public String toString() {
    return "ROC AUC macro " + text(macro()) + ", weighted " + text(weighted());
  }

  private static String text(OptionalDouble value) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%.4f", value.getAsDouble())
        : "undefined";
  }
}
