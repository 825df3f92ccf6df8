package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Creates a folder that is filled under a temporary name, and appears only when it is complete. */
public final class NewFolder {
  private NewFolder() {}

  /** Fills a folder. */
  public interface Fill {
    /**
     * Writes to a new folder.
     *
     * @throws IOException if it cannot be written
     */
    void into(Path folder) throws IOException;
  }

  /**
   * Creates and fills a folder. Deletes unfinished folders next to it, left by processes that were
   * killed, even if the folder itself is refused.
   *
   * @param folder does not exist, or is empty except for files that a desktop created
   * @param fill writes to a temporary folder next to it, which is then renamed
   * @throws StoreException if the folder is not empty, another process is writing it, or writing
   *     fails; it is then not created
   */
  public static void write(Path folder, Fill fill) {
    WriteLock lock = WriteLock.onFile(folder);
    Path target = RealPath.of(folder);
    try (lock) {
      // A process may have been killed just after it renamed a complete folder, which is refused.
      Unfinished.deleteAbandoned(target.getParent());
      check(folder);
      fill(target, fill);
    } catch (IOException e) {
      throw StoreException.notWritten(folder, e);
    }
  }

  private static void fill(Path target, Fill fill) throws IOException {
    Unfinished.Locked unfinished = Unfinished.Locked.folderIn(target.getParent());
    Path temporary = unfinished.path();
    WriteLock lock = unfinished.lock();
    try (lock) {
      // Not createTempDirectory, whose folders only their owner can read.
      Files.createDirectory(temporary);
      try {
        fill.into(temporary);
        Disk.forceTree(temporary);
        deleteEmpty(target);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        Disk.force(target.getParent());
      } finally {
        if (Files.exists(temporary)) {
          Disk.deleteTree(temporary);
        }
      }
    }
  }

  private static void deleteEmpty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (String name : Disk.names(folder)) {
        if (DesktopFiles.has(name)) {
          Files.delete(folder.resolve(name));
        }
      }
      Files.delete(folder);
    }
  }

  private static void check(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new StoreException(folder + " must be a new or empty folder: it is a file");
    }
    try {
      List<String> names = Disk.names(folder);
      Optional<String> foreign = names.stream().filter(name -> !DesktopFiles.has(name)).findFirst();
      if (foreign.isPresent()) {
        throw new StoreException(
            "%s must be a new or empty folder: it holds %s".formatted(folder, foreign.get()));
      }
      SharedFolder.checkMayReplace(folder);
    } catch (IOException e) {
      throw StoreException.notRead(folder, e);
    }
  }
}
