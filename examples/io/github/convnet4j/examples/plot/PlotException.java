package io.github.convnet4j.examples.plot;

/** Thrown when a picture cannot be shown or written. The message is one sentence for the user. */
public final class PlotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PlotException(String message) {
    super(message);
  }

  PlotException(String message, Throwable cause) {
    super(message, cause);
  }
}
