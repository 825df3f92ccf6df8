package io.github.convnet4j.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A split of pictures that depends only on the names of their files. */
final class NameSplit {
  /** One in this many pictures is used for testing or validation, if there is no folder for it. */
  private static final int SHARE = 10;

  private NameSplit() {}

  /**
   * Returns files in an order that looks random.
   *
   * @param folder their names relative to this folder determine the order
   */
  static List<Path> mixed(Path folder, List<Path> files) {
    return files.stream()
        .sorted(Comparator.comparing(path -> hash(FileNames.relative(folder, path))))
        .toList();
  }

  private static String hash(String name) {
    return Sha256.of(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Removes and returns the first tenth, at least one; nothing if none would be left. */
  static <T> List<T> takeTenth(List<T> from) {
    int count = Math.max(1, Math.round((float) from.size() / SHARE));
    if (from.size() - count < 1) {
      return List.of();
    }
    List<T> head = from.subList(0, count);
    List<T> taken = List.copyOf(head);
    head.clear();
    return taken;
  }
}
