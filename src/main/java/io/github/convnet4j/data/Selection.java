package io.github.convnet4j.data;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Chooses some of the indices from 0 to {@code size - 1}. */
final class Selection {
  private Selection() {}

  static int[] filter(int size, IntPredicate accepted) {
    int[] indices = IntStream.range(0, size).filter(accepted).toArray();
    if (indices.length == 0) {
      throw new IllegalArgumentException(
          "filter must accept at least one of the %d examples".formatted(size));
    }
    return indices;
  }

  static int[] take(int size, int count) {
    checkCount(count, 1, size);
    return IntStream.range(0, count).toArray();
  }

  static int[] skip(int size, int count) {
    checkCount(count, 0, size - 1);
    return IntStream.range(count, size).toArray();
  }

  static int[] sample(int size, int count, int seed) {
    checkCount(count, 1, size);
    return Arrays.copyOf(EpochOrder.of(size, seed).next(), count);
  }

  private static void checkCount(int count, int least, int most) {
    if (count < least || count > most) {
      throw new IllegalArgumentException(
          "count must be from %d to %d: %d".formatted(least, most, count));
    }
  }
}
