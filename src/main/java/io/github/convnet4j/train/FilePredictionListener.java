package io.github.convnet4j.train;

import io.github.convnet4j.data.DataException;
import java.nio.file.Path;

/**
 * Receives the prediction for each of many picture files, in their order; see {@link
 * Model#predictFiles(java.util.Collection, FilePredictionListener)}.
 *
 * @param <P> type of a prediction
 */
@FunctionalInterface
public interface FilePredictionListener<P> {
  /** Called for each file that could be read. */
  void predicted(Path file, P prediction);

  /**
   * Called for each file that cannot be read. Throws the reason, which ends the call, unless it is
   * overridden.
   *
   * @param reason its message names the file
   */
  default void unreadable(Path file, DataException reason) {
    throw reason;
  }
}
