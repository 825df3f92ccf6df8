package io.github.convnet4j.evaluate;

/**
 * Adds numbers pairwise, in numpy's order. The rounding error grows only with the logarithm of how
 * many there are, and the result equals numpy's to the last bit.
 *
 * <p>The scheme: N. J. Higham, "The accuracy of floating point summation", SIAM J. Sci. Comput.
 * 14(4), 1993. The order: up to 128 numbers are added in eight interleaved sums; more are split in
 * halves.
 */
final class PairwiseSum {
  private static final int LANES = 8;
  private static final int BLOCK = 128;

  private PairwiseSum() {}

  static double of(double... values) {
    return sum(values, 0, values.length);
  }

  /** Returns the mean; NaN if there are no numbers. */
  static double mean(double... values) {
    return of(values) / values.length;
  }

  private static double sum(double[] values, int from, int n) {
    if (n > BLOCK) {
      int half = n / 2;
      half -= half % LANES;
      return sum(values, from, half) + sum(values, from + half, n - half);
    }
    double sum = 0;
    int added = 0;
    if (n >= LANES) {
      double[] lanes = new double[LANES];
      for (; added < n - n % LANES; added++) {
        lanes[added % LANES] += values[from + added];
      }
      sum =
          ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
              + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
    }
    for (; added < n; added++) {
      sum += values[from + added];
    }
    return sum;
  }
}
