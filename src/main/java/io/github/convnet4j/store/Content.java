package io.github.convnet4j.store;

import java.io.IOException;
import java.io.OutputStream;

/** The content of a file to be written. */
@FunctionalInterface
public interface Content {
  /**
   * Writes the content. The stream is buffered, and the caller closes it.
   *
   * @throws IOException if the stream throws it
   */
  void writeTo(OutputStream out) throws IOException;
}
