package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names for files and folders that are being filled, and are renamed when they are whole. What a
 * kill leaves behind is found by its name.
 */
final class Unfinished {
  private static final String PREFIX = ".unfinished-";
  private static final Pattern FOLDER =
      Pattern.compile(Pattern.quote(PREFIX) + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private Unfinished() {}

  static boolean has(String name) {
    return name.startsWith(PREFIX);
  }

  /** A name in a folder that nobody else has. */
  static Path in(Path folder) {
    return folder.resolve(PREFIX + UUID.randomUUID());
  }

  /** Deletes the folders that nobody fills any more: a {@link WriteLock} on each says so. */
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
      return; // Somebody fills it, or it is of another user: it is not ours to delete.
    }
    try (lock) {
      Disk.deleteTree(folder);
    }
  }
}
