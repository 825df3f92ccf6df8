package io.github.convnet4j.evaluate;

import java.util.Arrays;

/** A curve under which an area is measured. */
enum Curve {
  /** See {@link RocAuc}; no area if all examples are positive, or none is. */
  ROC("roc_auc") {
    @Override
    double area(float[] scores, boolean[] positive) {
      return RocAuc.area(scores, positive).orElse(Double.NaN);
    }
  },

  /**
   * Precision over recall, as the average precision: the sum over all thresholds of the precision,
   * weighted by the increase in recall since the threshold before. Without interpolation, which
   * would be too optimistic. 0 if no example is positive, as in scikit-learn.
   */
  PRECISION_RECALL("pr_auc") {
    @Override
    double area(float[] scores, boolean[] positive) {
      long[] keys = keys(scores, positive);
      Arrays.sort(keys);
      long predicted = 0;
      long hits = 0;
      double sum = 0;
      int end = keys.length;
      while (end > 0) {
        int start = end;
        long more = 0;
        while (start > 0 && keys[start - 1] >> 1 == keys[end - 1] >> 1) {
          start--;
          more += keys[start] & 1;
        }
        predicted += end - start;
        hits += more;
        sum += (double) more * hits / predicted;
        end = start;
      }
      return keys.length > 0 && hits == 0 ? 0 : sum / hits;
    }
  };

  private final String metric;

  Curve(String metric) {
    this.metric = metric;
  }

  /** The name of the metric for classes. */
  String metric() {
    return metric;
  }

  /**
   * Returns the area; NaN if there is none.
   *
   * @param scores none of them NaN
   */
  abstract double area(float[] scores, boolean[] positive);

  /**
   * Returns numbers that sort like the scores, and equal ones with the positives last: the lowest
   * bit marks those.
   */
  static long[] keys(float[] scores, boolean[] positive) {
    // Bits of floats sort like the floats, if those of negative ones are inverted up to the sign.
    long[] keys = new long[scores.length];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits(scores[i] + 0f); // -0 to 0
      long order = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
      keys[i] = order << 1 | (positive[i] ? 1 : 0);
    }
    return keys;
  }
}
