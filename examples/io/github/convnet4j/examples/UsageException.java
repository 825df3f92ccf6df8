package io.github.convnet4j.examples;

/** A user's mistake in what was typed, in one sentence. */
final class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
