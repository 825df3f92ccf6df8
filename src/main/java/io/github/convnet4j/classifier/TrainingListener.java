package io.github.convnet4j.classifier;

/**
 * Told what happens during {@code fit}, by the thread that trains, which waits for it. What it
 * throws ends the training and is thrown by {@code fit}; the classifier stays as the last step left
 * it.
 */
public interface TrainingListener {
  /** Before the first step. */
  default void trainBegin(Training training) {}

  /** After each step. */
  default void batchEnd(Training training, BatchResult result) {}

  /** After each epoch, and its validation. */
  default void epochEnd(Training training, EpochResult result) {}

  /** After the last step, also when training was stopped. */
  default void trainEnd(Training training, History history) {}
}
