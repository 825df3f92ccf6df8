package io.github.convnet4j.tensorboard;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An event file that cannot be written. The message is one sentence that names it and says why. */
public final class EventFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private EventFileException(String message, IOException cause) {
    super(message, cause);
  }

  static EventFileException noFolder(Path folder, IOException cause) {
    return new EventFileException(
        "event files cannot be written to the folder %s (%s): name one that can be made and written"
            .formatted(folder, reason(cause)),
        cause);
  }

  static EventFileException notWritten(Path file, IOException cause) {
    return new EventFileException(
        "the event file %s cannot be written (%s)".formatted(file, reason(cause)), cause);
  }

  /** Java's own message is often a bare name. */
  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is there and is not a folder";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " is not there";
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
