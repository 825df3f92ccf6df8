package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary names for files and folders that are renamed when they are complete. They identify what
 * a killed process left.
 */
final class Unfinished {
  private static final String PREFIX = ".unfinished-";
  private static final String UNIQUE =
      Pattern.quote(PREFIX) + "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** Ends the name of a file that has a lock of its own, unlike those of {@link SavedFiles}. */
  private static final String FILE_END = ".part";

  private static final Pattern FOLDER = Pattern.compile(UNIQUE);
  private static final Pattern FILE = Pattern.compile(UNIQUE + Pattern.quote(FILE_END));

  /** The file of the lock on one of them. */
  private static final Pattern LOCK =
      Pattern.compile(
          "\\.(%s(?:%s)?)%s"
              .formatted(UNIQUE, Pattern.quote(FILE_END), Pattern.quote(WriteLock.NAME)));

  private static final int ATTEMPTS = 100;

  private Unfinished() {}

  static boolean has(String name) {
    return name.startsWith(PREFIX);
  }

  /** Returns a unique name in a folder. */
  static Path in(Path folder) {
    return folder.resolve(PREFIX + UUID.randomUUID());
  }

  /** A new temporary name that this process has locked. */
  record Locked(Path path, WriteLock lock) {
    static Locked folderIn(Path parent) {
      return lock(parent, "");
    }

    static Locked fileIn(Path parent) {
      return lock(parent, FILE_END);
    }

    private static Locked lock(Path parent, String end) {
      for (int attempt = 1; ; attempt++) {
        Path path = parent.resolve(PREFIX + UUID.randomUUID() + end);
        try {
          return new Locked(path, WriteLock.onFile(path));
        } catch (StoreException e) {
          // Another process may have taken the new lock for an abandoned one.
          if (attempt == ATTEMPTS || !e.isInUse()) {
            throw e;
          }
        }
      }
    }
  }

  /**
   * Deletes unfinished folders and files, and their locks, that no process is using. Each process
   * holds a {@link WriteLock} on its own.
   */
  static void deleteAbandoned(Path parent) throws IOException {
    Set<String> abandoned = new TreeSet<>();
    for (String name : Disk.names(parent)) {
      Matcher lock = LOCK.matcher(name);
      if (lock.matches()) {
        abandoned.add(lock.group(1));
      } else if (FOLDER.matcher(name).matches()
          ? Files.isDirectory(parent.resolve(name))
          : FILE.matcher(name).matches()) {
        abandoned.add(name);
      }
    }
    for (String name : abandoned) {
      deleteUnlessInUse(parent.resolve(name));
    }
  }

  private static void deleteUnlessInUse(Path path) {
    Optional<WriteLock> free = WriteLock.ifFree(path);
    if (free.isPresent()) {
      WriteLock lock = free.get();
      try (lock) {
        if (Files.exists(path)) {
          Disk.deleteTree(path);
        }
      } catch (IOException e) {
        // It belongs to another user, or is open on Windows.
        return;
      }
    }
  }
}
