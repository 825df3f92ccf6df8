package io.github.convnet4j.bench.contest;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A contestant's part in a round.
 *
 * @param answer its answer
 * @param peak the peak of memory in bytes, in this turn or since the process started
 * @param extra this turn's peak minus what was in memory before it; empty if the peak was not reset
 *     or is not available
 */
record Turn(Answer answer, OptionalLong peak, OptionalLong extra) {
  /** Returns the turn's total time in seconds. */
  double total() {
    return answer.seconds().stream().mapToDouble(Double::doubleValue).sum();
  }

  OptionalInt correct() {
    return answer.correct();
  }
}
