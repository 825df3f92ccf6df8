package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** Uniformly distributed random numbers. */
final class Uniform {
  private Uniform() {}

  /**
   * Returns a number from {@code from} to {@code to}, which may be equal. Both are first rounded to
   * 32-bit floats, as pixels are.
   */
  static double between(double from, double to, RandomGenerator random) {
    double low = (float) from;
    return low + ((float) to - low) * random.nextDouble();
  }

  /** Returns a number from {@code -largest} to {@code largest}. */
  static double around0(double largest, RandomGenerator random) {
    return between(-largest, largest, random);
  }
}
