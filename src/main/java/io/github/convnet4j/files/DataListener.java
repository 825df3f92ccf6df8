package io.github.convnet4j.files;

import org.tensorflow.ndarray.Shape;

/**
 * Receives messages about how data is found and read, by a {@link DataLocator} or from folders of
 * pictures such as {@link ImageFolder}. The library itself prints nothing.
 */
@FunctionalInterface
public interface DataListener {
  /**
   * Receives one line for the user, such as which data is used, why a download failed, or how much
   * memory pictures are going to take.
   */
  void message(String line);

  /**
   * Receives the progress of a download.
   *
   * @param file its name
   * @param bytes how many have arrived
   * @param total the size of the file in bytes; the last call has {@code bytes == total}
   */
  default void progress(String file, long bytes, long total) {}

  /**
   * Receives the shape of pictures as soon as the first header has been read, and may refuse them
   * before all others are read.
   *
   * @param image {@code [height, width, channels]}; with one channel if it is not known yet whether
   *     the pictures have colors
   * @param training how many pictures there are for training
   * @throws io.github.convnet4j.data.DataException to refuse them
   */
  default void found(Shape image, int training) {}

  /** What is done with the files of a folder, one after another. */
  enum Step {
    /** Their names are listed. */
    LISTING,
    /** It is checked whether they can be read. */
    CHECKING,
    /** They are decoded into memory. */
    READING,
    /** They are decoded and written to the cache. */
    CACHING
  }

  /**
   * Receives the progress of a step that concerns many files.
   *
   * @param done how many files are done
   * @param total how many there are; the last call has {@code done == total}, unless the total is
   *     not known and 0
   */
  default void progress(Step step, long done, long total) {}
}
