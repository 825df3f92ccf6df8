package io.github.convnet4j.schedule;

/** Half a wave of the cosine. */
final class Wave {
  private Wave() {}

  /** From one number to another, flat at both ends, the share of the way going from 0 to 1. */
  static double between(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }
}
