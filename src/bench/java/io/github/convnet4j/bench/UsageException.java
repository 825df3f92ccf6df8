package io.github.convnet4j.bench;

/** A user's mistake; the message says what is wrong and how to correct it. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}
