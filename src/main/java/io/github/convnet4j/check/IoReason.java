package io.github.convnet4j.check;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;

/** Explains an {@link IOException} to a user. Java's own message is often just a name. */
public final class IoReason {
  private IoReason() {}

  /** Returns the reason as part of a sentence. */
  public static String of(IOException e) {
    if (e instanceof UnknownHostException) {
      return "the server's name is unknown";
    }
    if (e instanceof SocketTimeoutException) {
      return "the server did not answer in time";
    }
    if (e instanceof ConnectException) {
      return "no connection (%s)".formatted(e.getMessage());
    }
    if (e instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile();
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " exists and is not a folder";
    }
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return "%s (%s)".formatted(file.getFile(), file.getClass().getSimpleName());
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
