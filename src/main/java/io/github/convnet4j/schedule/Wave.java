package io.github.convnet4j.schedule;

/** Half a cosine wave. */
final class Wave {
  private Wave() {}

  /** Interpolates between two numbers, flat at both ends; the share goes from 0 to 1. */
  static double between(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }
}
