package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Temporary names for files and folders that are renamed when they are complete. They identify what
 * a killed process left.
 */
final class Unfinished {
  private static final String PREFIX = ".unfinished-";
  private static final Pattern FOLDER =
      Pattern.compile(Pattern.quote(PREFIX) + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private Unfinished() {}

  static boolean has(String name) {
    return name.startsWith(PREFIX);
  }

  /** Returns a unique name in a folder. */
  static Path in(Path folder) {
    return folder.resolve(PREFIX + UUID.randomUUID());
  }

  /**
   * Deletes unfinished folders that no process is filling. Each process holds a {@link WriteLock}
   * on its own.
   */
  static void deleteAbandonedFolders(Path parent) throws IOException {
    for (String name : Disk.names(parent)) {
      Path folder = parent.resolve(name);
      if (FOLDER.matcher(name).matches() && Files.isDirectory(folder)) {
        deleteUnlessInUse(folder);
      }
    }
  }

  private static void deleteUnlessInUse(Path folder) throws IOException {
    WriteLock lock;
    try {
      lock = WriteLock.onFile(folder);
    } catch (StoreException e) {
      return; // Another process is filling it, or it belongs to another user.
    }
    try (lock) {
      Disk.deleteTree(folder);
    }
  }
}
