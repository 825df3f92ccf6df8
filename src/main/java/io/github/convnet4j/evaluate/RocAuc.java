package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The area under the receiver operating characteristic of each class against the rest: the share of
 * pairs, one example of the class and one of another, in which the former has the greater
 * probability of the class; a pair of equal ones counts half.
 *
 * <p>A class that no example is of, or every one, has no such pair and no area.
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
   * The area for one class, from the Mann-Whitney statistic, whose counts are whole numbers.
   *
   * @param scores at least 0
   */
  static OptionalDouble area(float[] scores, boolean[] positive) {
    // Bits of floats from 0 on are in their order; the lowest bit says which side it is on.
    long[] keys = new long[scores.length];
    for (int i = 0; i < keys.length; i++) {
      long bits = Float.floatToIntBits(scores[i] + 0f); // -0 to 0
      keys[i] = bits << 1 | (positive[i] ? 1 : 0);
    }
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

  /** The area of each class; empty for one that no example is of, or every one. */
  public List<OptionalDouble> areas() {
    return areas;
  }

  /**
   * The mean over the classes, each counted alike; empty if a class has no area, where scikit-learn
   * gives NaN.
   */
  public OptionalDouble macro() {
    if (areas.stream().anyMatch(OptionalDouble::isEmpty)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        PairwiseSum.mean(areas.stream().mapToDouble(OptionalDouble::getAsDouble).toArray()));
  }

  /**
   * The mean over the classes, each counted as often as it has examples, so that a class without
   * any does not matter; empty if all examples are of one class.
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
