package io.github.convnet4j.natives;

/** Thrown when TensorFlow's native library cannot be loaded on this machine. */
public final class MissingNativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingNativeException(String message, LinkageError cause) {
    super(message, cause);
  }
}
