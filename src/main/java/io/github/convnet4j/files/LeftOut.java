package io.github.convnet4j.files;

import io.github.convnet4j.check.NameList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file in a folder of pictures that is left out.
 *
 * @param file its path
 * @param reason why, in words that follow "files": {@code without a picture}
 */
record LeftOut(Path file, String reason) {
  /** The largest number of files named for each reason. */
  private static final int NAMED = 3;

  /** Returns a sentence for each reason, with the number of files and the first few names. */
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
                        NameList.some(files, NAMED))));
    return notes;
  }
}
