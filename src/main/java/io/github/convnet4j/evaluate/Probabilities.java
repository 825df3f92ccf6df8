package io.github.convnet4j.evaluate;

/** Checks class probabilities. */
final class Probabilities {
  /**
   * The sum of a softmax is off by about 1e-6 in 32 bits, and by about 1e-4 in 16 bits. Percentages
   * would be off by 99.
   */
  static final double SUM_TOLERANCE = 1e-3;

  /** Means over several networks may exceed 1 by rounding errors. */
  static final float EXCESS = 1e-6f;

  private Probabilities() {}

  /**
   * Checks rows of probabilities, and reduces numbers that exceed 1 by a rounding error to 1.
   *
   * @param probabilities {@code [examples, classes]}; changed in place
   */
  static void check(float[] probabilities, int classes) {
    for (int i = 0; i < probabilities.length / classes; i++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        float p = probabilities[i * classes + c];
        if (!(p >= 0 && p <= 1 + EXCESS)) {
          throw new IllegalArgumentException(
              "probabilities[%d][%d] must be from 0 to 1: %s".formatted(i, c, p));
        }
        probabilities[i * classes + c] = Math.min(p, 1);
        sum += p;
      }
      if (Math.abs(sum - 1) > SUM_TOLERANCE) {
        throw new IllegalArgumentException(
            "probabilities[%d] must sum to 1 within %s, as from a softmax: %s"
                .formatted(i, SUM_TOLERANCE, sum));
      }
    }
  }
}
