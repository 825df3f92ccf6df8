package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** Evenly distributed draws. */
final class Uniform {
  private Uniform() {}

  /** From {@code from} up to {@code to}, which may be equal. */
  static double between(double from, double to, RandomGenerator random) {
    return from + (to - from) * random.nextDouble();
  }

  /** From {@code -largest} up to {@code largest}. */
  static double around0(double largest, RandomGenerator random) {
    return between(-largest, largest, random);
  }
}
