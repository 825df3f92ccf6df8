package io.github.convnet4j.commandline;

import java.util.function.Supplier;

/** A user's mistake in what was typed, in one sentence that names the option. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  private UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What the supplier gives; if it is told of an illegal argument, that is the option's fault. */
  static <T> T blame(String option, Supplier<T> supplier) {
    try {
      return supplier.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage(), e);
    }
  }
}
