package io.github.convnet4j.keras;

/** Thrown for a layer, or an option of a layer, that this library does not have. */
final class UnsupportedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception; the reason follows the layer's class and name in a message. */
  UnsupportedException(String reason) {
    super(reason);
  }
}
