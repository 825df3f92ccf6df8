package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** A folder that is filled under another name, and appears when it is whole. */
public final class NewFolder {
  private NewFolder() {}

  /** Writes to a folder. */
  public interface Fill {
    /**
     * Writes to a new folder.
     *
     * @throws IOException if it cannot be written
     */
    void into(Path folder) throws IOException;
  }

  /**
   * Fills a folder. What calls that were killed left unfinished next to it is deleted.
   *
   * @param folder not there, or empty but for files that a desktop left there
   * @param fill writes to a folder beside it, which is then renamed
   * @throws StoreException if there is anything in the folder, or writing fails: then it is not
   *     there
   */
  public static void write(Path folder, Fill fill) {
    check(folder);
    Path target = RealPath.of(folder);
    Path temporary = Unfinished.in(target.getParent());
    WriteLock lock = WriteLock.onFile(temporary);
    try (lock) {
      Unfinished.deleteAbandonedFolders(target.getParent());
      // Not createTempDirectory, whose folders nobody else may read.
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
    } catch (IOException e) {
      throw StoreException.notWritten(folder, e);
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

  /**
   * Sees whether {@link #write} would take a folder.
   *
   * @throws StoreException if it would not; the message says what is in it
   */
  public static void check(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new StoreException(folder + " must be a new or an empty folder: it is a file");
    }
    try {
      List<String> names = Disk.names(folder);
      Optional<String> foreign = names.stream().filter(name -> !DesktopFiles.has(name)).findFirst();
      if (foreign.isPresent()) {
        throw new StoreException(
            "%s must be a new or an empty folder: it holds %s".formatted(folder, foreign.get()));
      }
    } catch (IOException e) {
      throw StoreException.notRead(folder, e);
    }
  }
}
