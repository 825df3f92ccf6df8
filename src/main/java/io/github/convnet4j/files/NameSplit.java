package io.github.convnet4j.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A split of pictures that depends only on the names of their files. */
final class NameSplit {
  /** One in this many pictures is used for testing or validation, if there is no folder for it. */
  private static final int SHARE = 10;

  private static final int HEX = 16;

  private NameSplit() {}

  /**
   * Returns files in an order that looks random.
   *
   * @param prefix the beginning of their names that does not count
   */
  static int[] mixed(FileList list, int[] files, String prefix) {
    // The first 64 bits of the hash nearly always decide. All of it would take more memory.
    long[] keys = new long[files.length];
    for (int i = 0; i < files.length; i++) {
      keys[i] = Long.parseUnsignedLong(hash(list, files[i], prefix).substring(0, HEX), HEX);
    }
    Comparator<Integer> order =
        (a, b) -> {
          int first = Long.compareUnsigned(keys[a], keys[b]);
          return first != 0
              ? first
              : hash(list, files[a], prefix).compareTo(hash(list, files[b], prefix));
        };
    return Arrays.stream(FileList.sorted(IntStream.range(0, files.length).toArray(), order))
        .map(i -> files[i])
        .toArray();
  }

  private static String hash(FileList list, int file, String prefix) {
    return Sha256.of(list.name(file).substring(prefix.length()).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns how many of these files are a tenth: at least one, but 0 if none would be left. */
  static int tenth(int files) {
    int count = Math.max(1, Math.round((float) files / SHARE));
    return files - count < 1 ? 0 : count;
  }
}
