package io.github.convnet4j.tensorboard;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Thrown if an event file cannot be written. The message is one sentence that names the file and
 * the reason.
 */
public final class EventFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private EventFileException(String message, IOException cause) {
    super(message, cause);
  }

  static EventFileException noFolder(Path folder, IOException cause) {
    return new EventFileException(
        "event files cannot be written to the folder %s (%s): give a folder that can be written to"
            .formatted(folder, reason(cause)),
        cause);
  }

  static EventFileException notWritten(Path file, IOException cause) {
    return new EventFileException(
        "the event file %s cannot be written (%s)".formatted(file, reason(cause)), cause);
  }

  /** Explains an exception. Java's own message is often just a name. */
  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " exists and is not a folder";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (e instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile();
    }
    if (e instanceof FileSystemException fault && fault.getReason() != null) {
      return fault.getFile() + ": " + fault.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
