package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file of text that is always whole: the old one, or the new one. */
public final class ReplacedFile {
  private ReplacedFile() {}

  /**
   * Writes a file in UTF-8, in place of the one that is there; the folder is made if need be.
   *
   * @throws StoreException if it cannot be written; then the old one is still there
   */
  public static void write(Path file, String text) {
    Path target = RealPath.of(file);
    check(file);
    WriteLock lock = WriteLock.onFile(file);
    try (lock) {
      // Always the same name: what a kill leaves behind, the next call clears away.
      Path temporary = target.resolveSibling("." + target.getFileName() + ".unfinished");
      Files.deleteIfExists(temporary);
      try {
        Disk.write(temporary, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
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
  }

  /**
   * Sees whether {@link #write} could replace a file: it is no folder, nobody else writes it, and
   * files can be made next to it.
   *
   * @throws StoreException if it could not
   */
  public static void tryOut(Path file) {
    check(file);
    WriteLock.onFile(file).close();
  }
}
