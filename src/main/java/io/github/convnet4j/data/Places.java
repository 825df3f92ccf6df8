package io.github.convnet4j.data;

import java.util.Arrays;

/** The positions of a set's images among all images whose pixels it shares. */
sealed interface Places {
  int size();

  /** Returns the position of the image with a valid index. */
  int of(int index);

  /** Returns the positions from {@code from} (inclusive) to {@code to} (exclusive). */
  Places subset(int from, int to);

  /** Consecutive positions. */
  record Range(int first, int size) implements Places {
    @Override
    public int of(int index) {
      return first + index;
    }

    @Override
    public Places subset(int from, int to) {
      return new Range(first + from, to - from);
    }
  }

  /** Arbitrary positions. */
  @SuppressWarnings("ArrayRecordComponent") // They are not compared, and the array is not shared.
  record Listed(int[] all) implements Places {
    @Override
    public int size() {
      return all.length;
    }

    @Override
    public int of(int index) {
      return all[index];
    }

    @Override
    public Places subset(int from, int to) {
      return new Listed(Arrays.copyOfRange(all, from, to));
    }
  }
}
