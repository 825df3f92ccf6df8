package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** Uniformly distributed random numbers. */
final class Uniform {
  private Uniform() {}

  /** Returns a number from {@code from} to {@code to}, which may be equal. */
  static double between(double from, double to, RandomGenerator random) {
    return from + (to - from) * random.nextDouble();
  }

  /** Returns a number from {@code -largest} to {@code largest}. */
  static double around0(double largest, RandomGenerator random) {
    return between(-largest, largest, random);
  }
}
