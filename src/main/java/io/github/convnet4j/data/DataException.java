package io.github.convnet4j.data;

/**
 * Thrown for data that cannot be used, such as a missing folder, a truncated file or a label out of
 * range, and for invalid settings about data. The message is one sentence that names the file, the
 * problem and the remedy.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with the given sentence. */
  public DataException(String message) {
    super(message);
  }

  /** Creates an exception with the given sentence and its cause. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
