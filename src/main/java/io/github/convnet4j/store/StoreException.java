package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Thrown if a folder cannot be written to, or its files cannot be used. The message is one sentence
 * that names the file and the problem.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean inUse;

  public StoreException(String message) {
    this(message, null);
  }

  public StoreException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private StoreException(String message, Throwable cause, boolean inUse) {
    super(message, cause);
    this.inUse = inUse;
  }

  /**
   * Returns an exception that says that another process or thread writes to a file or folder.
   *
   * @param by which one
   */
  static StoreException inUse(Path path, String by) {
    return new StoreException(
        "%s is in use %s: wait until it has finished, or give another path".formatted(path, by),
        null,
        true);
  }

  /** Returns whether the only problem is that another process or thread writes there. */
  public boolean isInUse() {
    return inUse;
  }

  static StoreException notWritten(Path path, IOException e) {
    return new StoreException("cannot write %s: %s".formatted(path, reason(e)), e);
  }

  /** Returns an exception that says that a file or folder cannot be read, and why. */
  public static StoreException notRead(Path path, IOException e) {
    return new StoreException("cannot read %s: %s".formatted(path, reason(e)), e);
  }

  static StoreException notDeleted(Path path, IOException e) {
    return new StoreException("cannot delete %s: %s".formatted(path, reason(e)), e);
  }

  /** Explains an exception. Java's own message is often just the name of a file or a class. */
  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " exists and is not a folder";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " is missing";
    }
    if (e instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile();
    }
    if (e instanceof DirectoryNotEmptyException full) {
      return full.getFile() + " is not empty";
    }
    if (e instanceof FileSystemException fault && fault.getReason() != null) {
      return fault.getFile() + ": " + fault.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
