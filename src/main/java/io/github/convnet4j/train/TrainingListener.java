package io.github.convnet4j.train;

import java.util.List;

/**
 * Is notified of what happens during {@code fit}. The training thread calls the listener and waits
 * for it. If a listener throws an exception, training ends and {@code fit} throws the same
 * exception; the model stays as the last step left it.
 *
 * <p>A listener that keeps state from one epoch to the next should be a {@link ResumableListener}.
 */
public interface TrainingListener {
  /**
   * Returns the names of the values that the listener uses, for example {@code val_f1}. Built-in
   * metrics among them are computed even if nobody else asks for them.
   */
  default List<String> watches() {
    return List.of();
  }

  /** Called before the first step. */
  default void trainBegin(Training training) {}

  /** Called after each step. */
  default void batchEnd(Training training, BatchResult result) {}

  /** Called after each epoch and its validation. */
  default void epochEnd(Training training, EpochResult result) {}

  /**
   * Called after each step, when all listeners have been notified of the step and, if it was the
   * last of its epoch, of the epoch. This is the time to save, because now the states of all
   * listeners are consistent.
   */
  default void settled(Training training) {}

  /** Called after the last step, also if training was stopped. */
  default void trainEnd(Training training, History history) {}

  /**
   * Called when {@code fit} is about to return or to throw any exception, even if {@link
   * #trainBegin} was not called. This is the time to close files. It is called for all listeners,
   * even if some of them throw.
   */
  default void release(Training training) {}
}
