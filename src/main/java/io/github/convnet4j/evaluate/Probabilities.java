package io.github.convnet4j.evaluate;

/** What probabilities of classes must be. */
final class Probabilities {
  /** Softmax in 32 bits is off by some 1e-6, in 16 bits by some 1e-4; percents by 99. */
  private static final double SUM_TOLERANCE = 1e-3;

  /** Means over several networks exceed 1 by some roundings. */
  private static final float EXCESS = 1e-6f;

  private Probabilities() {}

  /**
   * Checks rows one after the other, and brings what exceeds 1 by a rounding back to 1.
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
            "probabilities[%d] must sum to 1 within %s, as those of a softmax do: %s"
                .formatted(i, SUM_TOLERANCE, sum));
      }
    }
  }
}
