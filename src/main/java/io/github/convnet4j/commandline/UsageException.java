package io.github.convnet4j.commandline;

import java.util.function.Supplier;

/** A mistake in what the user typed, described in one sentence that names the option. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  private UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns the supplier's value; an illegal argument becomes a mistake in this option. */
  static <T> T naming(String option, Supplier<T> supplier) {
    try {
      return supplier.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage(), e);
    }
  }
}
