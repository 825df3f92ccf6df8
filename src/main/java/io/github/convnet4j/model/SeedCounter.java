package io.github.convnet4j.model;

import io.github.convnet4j.initializer.OpSeed;

/** Issues the seeds of a network's random operations, each only once. */
final class SeedCounter {
  private final long seed;
  private long opSeeds;
  private long statelessKeys;

  SeedCounter(long seed) {
    this.seed = seed;
  }

  /** Returns (seed, 0), (seed, 1), … */
  OpSeed nextOpSeed() {
    return new OpSeed(seed, opSeeds++);
  }

  /**
   * Returns the first half of a stateless operation's seed. The seed is shifted, so that the second
   * layer with seed 1 does not draw the same numbers as the first layer with seed 2.
   */
  long nextStatelessKey() {
    return (seed << 16) + statelessKeys++;
  }
}
