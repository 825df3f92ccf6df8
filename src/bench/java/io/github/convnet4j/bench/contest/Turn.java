package io.github.convnet4j.bench.contest;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A contestant's part in a round.
 *
 * @param answer what it took
 * @param peak the most bytes that were in memory during the turn, or since the start where the
 *     system does not let the peak begin anew
 * @param extra how much the peak lies above what was in memory before the turn
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
