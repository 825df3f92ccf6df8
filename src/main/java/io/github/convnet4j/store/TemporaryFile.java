package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file with a unique temporary name, which is deleted unless it gets its final name. Several
 * processes may use such files in one folder. What a killed process left there is deleted when the
 * next file is created.
 */
public final class TemporaryFile implements AutoCloseable {
  private final Path path;
  private final WriteLock lock;

  private TemporaryFile(Unfinished.Locked unfinished) {
    this.path = unfinished.path();
    this.lock = unfinished.lock();
  }

  /**
   * Creates an empty file.
   *
   * @throws StoreException if the folder cannot be written to
   */
  public static TemporaryFile in(Path folder) {
    Path real = RealPath.of(folder);
    TemporaryFile file = new TemporaryFile(Unfinished.Locked.fileIn(real));
    try {
      Unfinished.deleteAbandoned(real);
      // Not createTempFile, whose files only their owner can read.
      Files.createFile(file.path);
      return file;
    } catch (IOException e) {
      file.close();
      throw StoreException.notWritten(folder, e);
    }
  }

  /** Returns where it is. */
  public Path path() {
    return path;
  }

  /**
   * Gives the file its final name, and replaces an earlier file of that name.
   *
   * @param target in the same folder
   * @throws StoreException if that fails
   */
  public void moveTo(Path target) {
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Disk.force(path.getParent());
    } catch (IOException e) {
      throw StoreException.notWritten(target, e);
    }
  }

  /** Deletes the file, if it still has its temporary name. */
  @Override
  public void close() {
    try (lock) {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw StoreException.notDeleted(path, e);
    }
  }
}
