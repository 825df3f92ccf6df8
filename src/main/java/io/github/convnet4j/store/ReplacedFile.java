package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is replaced as a whole: readers see the old content or the new one. */
public final class ReplacedFile {
  private ReplacedFile() {}

  /**
   * Writes a text in UTF-8. Replaces an existing file, and creates missing folders.
   *
   * @throws StoreException if it cannot be written; an existing file is then unchanged
   */
  public static void write(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a file. Replaces an existing file, and creates missing folders.
   *
   * @throws StoreException if it cannot be written; an existing file is then unchanged
   */
  public static void write(Path file, Content content) {
    Path target = RealPath.of(file);
    check(file);
    WriteLock lock = WriteLock.onFile(file);
    try (lock) {
      // Always the same name, so that the next call deletes what a killed process left.
      Path temporary = target.resolveSibling("." + target.getFileName() + ".unfinished");
      Files.deleteIfExists(temporary);
      try {
        Disk.write(temporary, content);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      Disk.force(target.getParent());
    } catch (IOException e) {
      throw StoreException.notWritten(file, e);
    }
  }

  private static void check(Path file) {
    if (Files.isDirectory(file)) {
      throw new StoreException("cannot write %s: it is a folder".formatted(file));
    }
    SharedFolder.checkMayReplace(file);
  }

  /**
   * Checks that {@link #write} could replace a file: it is not a folder, no other process is
   * writing it, files can be created next to it, and it may be replaced there.
   *
   * @throws StoreException if it could not
   */
  public static void tryOut(Path file) {
    check(file);
    WriteLock.onFile(file).close();
  }
}
