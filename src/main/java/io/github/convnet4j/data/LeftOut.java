package io.github.convnet4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file in a folder of pictures that is not read.
 *
 * @param file its path
 * @param reason why, as said of several files: {@code without a picture}
 */
record LeftOut(Path file, String reason) {
  /** How many are named of each kind. */
  private static final int NAMED = 3;

  /** A sentence for each reason: how many files, why, and the first of their names. */
  static List<String> notes(Path folder, List<LeftOut> all) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (LeftOut one : all) {
      names
          .computeIfAbsent(one.reason(), reason -> new ArrayList<>())
          .add(FileNames.relative(folder, one.file()));
    }
    List<String> notes = new ArrayList<>();
    names.forEach(
        (reason, files) ->
            notes.add(
                "Left out: %d %s %s: %s"
                    .formatted(
                        files.size(),
                        files.size() == 1 ? "file" : "files",
                        reason,
                        FileNames.some(files, NAMED))));
    return notes;
  }
}
