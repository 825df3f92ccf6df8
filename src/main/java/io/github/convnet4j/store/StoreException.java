package io.github.convnet4j.store;

/**
 * A folder that cannot be written to, or whose files cannot be used. The message is one sentence
 * that names the file and what is wrong with it.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
