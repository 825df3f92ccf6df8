package io.github.convnet4j.initializer;

/**
 * The two seeds of a random operation, TensorFlow's attributes {@code seed} and {@code seed2}.
 * TensorFlow takes two zeros as a request for different numbers each time; as in Python, they are
 * replaced by (0, 2,147,483,647).
 *
 * @param graphSeed the same for the whole network
 * @param opSeed 0, 1, 2, … in the order in which the network's random operations are created, as
 *     Python's {@code set_random_seed} counts them in an empty graph
 */
public record OpSeed(long graphSeed, long opSeed) {
  /** Replaces two zeros. */
  public OpSeed {
    if (graphSeed == 0 && opSeed == 0) {
      opSeed = Integer.MAX_VALUE;
    }
  }
}
