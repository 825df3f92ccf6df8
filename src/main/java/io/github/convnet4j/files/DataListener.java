package io.github.convnet4j.files;

/** Receives messages about what a {@link DataLocator} does. The library itself prints nothing. */
@FunctionalInterface
public interface DataListener {
  /** Receives one line for the user, such as which data is used, or why a download failed. */
  void message(String line);

  /**
   * Receives the progress of a download.
   *
   * @param file its name
   * @param bytes how many have arrived
   * @param total the size of the file in bytes; the last call has {@code bytes == total}
   */
  default void progress(String file, long bytes, long total) {}
}
