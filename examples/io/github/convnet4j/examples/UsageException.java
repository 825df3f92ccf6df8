package io.github.convnet4j.examples;

/** A mistake in what the user typed, described in one sentence. */
final class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
