package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/**
 * Numbers from 0 to 1 with the beta distribution whose two parameters are equal: at most 1 for
 * numbers near 0 or 1, more for numbers near one half.
 */
final class SymmetricBeta {
  /** The method below rejects more and more for a larger one: 69 of 70 pairs for 4. */
  private static final double LARGEST = 4;

  private SymmetricBeta() {}

  static void check(String name, double alpha) {
    if (!(alpha > 0 && alpha <= LARGEST)) {
      throw new IllegalArgumentException(
          "%s must be above 0 and at most %s: %s".formatted(name, (int) LARGEST, alpha));
    }
  }

  /**
   * Draws a number. The method is that of Jöhnk (1964), which NumPy uses, too. StrictMath gives the
   * same digits on every machine.
   */
  static double draw(double alpha, RandomGenerator random) {
    while (true) {
      double u = random.nextDouble();
      double v = random.nextDouble();
      double x = StrictMath.pow(u, 1 / alpha);
      double y = StrictMath.pow(v, 1 / alpha);
      double sum = x + y;
      if (sum > 0 && sum <= 1) {
        return x / sum;
      }
      if (sum == 0) { // Both are too small for a double, but one is far smaller than the other.
        return u > v ? 1 : 0;
      }
    }
  }
}
