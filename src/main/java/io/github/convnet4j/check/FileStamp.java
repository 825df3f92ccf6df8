package io.github.convnet4j.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The length of a file and the time of its last change, which tell whether another program has
 * changed it while it was read.
 *
 * @param file the file
 * @param length in bytes
 * @param modified when it was changed last
 * @param key what identifies the file even if it is renamed, if the file system has that
 */
public record FileStamp(Path file, long length, FileTime modified, Optional<Object> key) {
  /** Systems count the time of a change in steps of up to 10 ms. */
  private static final Duration STEP = Duration.ofMillis(20);

  private static final int ATTEMPTS = 10;

  /**
   * Returns the stamp of a file as it is now.
   *
   * @throws IOException if the file does not exist or cannot be read
   */
  public static FileStamp of(Path file) throws IOException {
    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileStamp(file, is.size(), is.lastModifiedTime(), Optional.ofNullable(is.fileKey()));
  }

  /**
   * Returns the stamp of a file that is about to be read. If the file has just been changed, waits
   * a few milliseconds, so that the time of the next change is a later one.
   *
   * @throws IOException if the file does not exist or cannot be read
   */
  public static FileStamp beforeReading(Path file) throws IOException {
    FileStamp stamp = of(file);
    for (int attempt = 1; attempt < ATTEMPTS && stamp.isFresh(); attempt++) {
      try {
        Thread.sleep(STEP.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return stamp;
      }
      stamp = of(file);
    }
    return stamp;
  }

  private boolean isFresh() {
    Duration age = Duration.between(modified.toInstant(), Instant.now());
    return !age.isNegative() && age.compareTo(STEP) < 0;
  }

  /**
   * Returns whether there is the same file, unchanged.
   *
   * @throws IOException if that cannot be found out
   */
  public boolean isCurrent() throws IOException {
    try {
      return equals(of(file));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Returns whether the content of the file is unchanged, so far as can be told. A file that was
   * deleted or replaced by another one stays as it is for those who have opened it.
   *
   * @throws IOException if that cannot be found out
   */
  public boolean isUnchangedOrReplaced() throws IOException {
    try {
      FileStamp now = of(file);
      return equals(now) || !now.key.equals(key);
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /**
   * Checks that the file is unchanged.
   *
   * @throws IOException if it is not, with a message that does not name the file
   */
  public void check() throws IOException {
    if (!isCurrent()) {
      throw new IOException(
          "it has changed while it was read; wait until nothing writes to it, and read it again");
    }
  }
}
