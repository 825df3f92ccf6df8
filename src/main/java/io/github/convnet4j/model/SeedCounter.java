package io.github.convnet4j.model;

import io.github.convnet4j.initializer.OpSeed;

/** Hands out the seeds of a network's random operations, each once. */
final class SeedCounter {
  private final long seed;
  private long opSeeds;
  private long statelessKeys;

  SeedCounter(long seed) {
    this.seed = seed;
  }

  /** (seed, 0), (seed, 1), … */
  OpSeed nextOpSeed() {
    return new OpSeed(seed, opSeeds++);
  }

  /**
   * The first half of a stateless operation's seed. The seed is shifted, so that the second layer
   * of seed 1 does not draw what the first of seed 2 draws.
   */
  long nextStatelessKey() {
    return (seed << 16) + statelessKeys++;
  }
}
