package io.github.convnet4j.augment;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A generator that returns given numbers, from 0 inclusive to 1 exclusive, and no more. */
final class Draws implements RandomGenerator {
  private final double[] draws;
  private int next;

  private Draws(double[] draws) {
    this.draws = draws;
  }

  static Draws of(double... draws) {
    return new Draws(draws);
  }

  @Override
  public double nextDouble() {
    if (next == draws.length) {
      throw new AssertionError("more numbers are drawn than " + Arrays.toString(draws));
    }
    return draws[next++];
  }

  @Override
  public int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  @Override
  public long nextLong() {
    throw new AssertionError("only nextDouble and nextInt(bound) are expected");
  }

  boolean areUsedUp() {
    return next == draws.length;
  }
}
