package io.github.convnet4j.data;

import java.util.Arrays;

/** Where the images of a set are among those whose pixels it shares. */
sealed interface Places {
  int size();

  /** The place of an image whose index is within the size. */
  int of(int index);

  /** Those from {@code from} up to but without {@code to}. */
  Places subset(int from, int to);

  /** One after another. */
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

  /** Here and there. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and nobody else has the array.
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
