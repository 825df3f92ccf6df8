package io.github.convnet4j.classifier;

/**
 * Told what happens during {@code fit}, by the thread that trains, which waits for it. What it
 * throws ends the training and is thrown by {@code fit}; the classifier stays as the last step left
 * it.
 *
 * <p>One that carries something from one epoch to the next is a {@link ResumableListener}.
 */
public interface TrainingListener {
  /** Before the first step. */
  default void trainBegin(Training training) {}

  /** After each step. */
  default void batchEnd(Training training, BatchResult result) {}

  /** After each epoch, and its validation. */
  default void epochEnd(Training training, EpochResult result) {}

  /**
   * After each step, and the end of the epoch if it was its last, when all listeners have been told
   * of them: the time to save, since now all of them are at the same moment.
   */
  default void settled(Training training) {}

  /** After the last step, also when training was stopped. */
  default void trainEnd(Training training, History history) {}

  /**
   * When {@code fit} is about to return or to throw, whatever it throws, and even if {@link
   * #trainBegin} was not called: the time to close what is open. All listeners are told, whatever
   * the others throw.
   */
  default void release(Training training) {}
}
