package io.github.convnet4j.bench.contest;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A contestant's part in a round.
 *
 * @param answer what it took
 * @param peak the most bytes that were in memory, in this turn or since the process began
 * @param extra how much this turn's peak lies above what was in memory before it; empty where the
 *     peak was not begun anew or the system does not tell
 */
record Turn(Answer answer, OptionalLong peak, OptionalLong extra) {
  /** All of the turn's seconds. */
  double total() {
    return answer.seconds().stream().mapToDouble(Double::doubleValue).sum();
  }

  OptionalInt correct() {
    return answer.correct();
  }
}
