package io.github.convnet4j.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The files in a folder of pictures that are left out. Keeps only their numbers and a few names.
 */
final class LeftOut {
  /** The largest number of files named for each reason. */
  private static final int NAMED = 3;

  private final Path folder;
  private final Map<String, Files> byReason = new LinkedHashMap<>();

  /**
   * Files that are left out for the same reason.
   *
   * @param names the first ones, sorted
   */
  private record Files(int count, TreeSet<String> names) {
    Files and(int more, TreeSet<String> otherNames) {
      TreeSet<String> all = new TreeSet<>(names);
      all.addAll(otherNames);
      while (all.size() > NAMED) {
        all.pollLast();
      }
      return new Files(count + more, all);
    }
  }

  /** Creates an empty collection of files below a folder. */
  LeftOut(Path folder) {
    this.folder = folder;
  }

  /**
   * Adds a file.
   *
   * @param reason why, in words that follow "files": {@code without a picture}
   */
  void add(Path file, String reason) {
    add(FileNames.relative(folder, file), reason);
  }

  /** Adds a file by its name relative to the folder. */
  void add(String name, String reason) {
    byReason.compute(
        reason,
        (key, files) -> {
          if (files == null) {
            return new Files(1, new TreeSet<>(List.of(name)));
          }
          boolean early = files.names().size() < NAMED || name.compareTo(files.names().last()) < 0;
          return early
              ? files.and(1, new TreeSet<>(List.of(name)))
              : new Files(files.count() + 1, files.names());
        });
  }

  /** Adds all files of another collection, those with the first name first. */
  void addAll(LeftOut other) {
    other.byReason.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getValue().names().first()))
        .forEach(
            entry ->
                byReason.merge(
                    entry.getKey(), entry.getValue(), (a, b) -> a.and(b.count(), b.names())));
  }

  /** Returns a sentence for each reason, with the number of files and the first few names. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    byReason.forEach(
        (reason, files) -> {
          String named = String.join(", ", files.names());
          int more = files.count() - files.names().size();
          notes.add(
              "Left out: %d %s %s: %s%s"
                  .formatted(
                      files.count(),
                      files.count() == 1 ? "file" : "files",
                      reason,
                      named,
                      more > 0 ? " and %d more".formatted(more) : ""));
        });
    return notes;
  }
}
