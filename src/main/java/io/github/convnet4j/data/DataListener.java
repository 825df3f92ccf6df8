package io.github.convnet4j.data;

/** Is told what a {@link DataLocator} does; the library itself prints nothing. */
@FunctionalInterface
public interface DataListener {
  /** One line for the user: which data was taken, or why a download failed. */
  void message(String line);

  /**
   * A download goes on.
   *
   * @param file name of the file
   * @param bytes how much of it has arrived
   * @param total its size in bytes; the last call has {@code bytes == total}
   */
  default void progress(String file, long bytes, long total) {}
}
