package io.github.convnet4j.data;

/**
 * Data that cannot be used: a folder that is not there, a file that is cut short, a label out of
 * range; or a setting that says nothing of use about it. The message is one sentence that names the
 * file, what is wrong with it and what would do.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault told in this sentence. */
  public DataException(String message) {
    super(message);
  }

  /** As {@link #DataException(String)}, with what led to it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
