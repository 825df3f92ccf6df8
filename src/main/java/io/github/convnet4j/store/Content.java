package io.github.convnet4j.store;

import java.io.IOException;
import java.io.OutputStream;

/** What a file is to hold. */
@FunctionalInterface
public interface Content {
  /**
   * Writes it; the stream is buffered, and closed by the caller.
   *
   * @throws IOException if the stream does
   */
  void writeTo(OutputStream out) throws IOException;
}
