package io.github.convnet4j.optimizer;

/** The bounds of the optimizers' settings. */
final class Require {
  private Require() {}

  static void positive(String name, float value) {
    if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be a positive, finite number: " + value);
    }
  }

  static void notNegative(String name, float value) {
    if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be 0 or a positive, finite number: " + value);
    }
  }

  /** For the shares that a running mean keeps of its past. */
  static void fraction(String name, float value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be at least 0 and below 1: " + value);
    }
  }
}
