package io.github.convnet4j.train;

/**
 * A listener that keeps state from one epoch to the next. If the model is saved during training,
 * the state is saved with it. It is restored when {@code fit} with {@link FitOptions#upTo} resumes
 * the run after loading.
 */
public interface ResumableListener extends TrainingListener {
  /**
   * Returns a name for the state, of letters, digits and underscores. It must be unique among the
   * listeners of a run, and the same when the run is resumed.
   */
  String stateName();

  /** Returns the state, in any format. */
  byte[] state();

  /**
   * Restores the state; called after {@link #trainBegin}.
   *
   * @param state bytes that {@link #state} returned
   * @throws IllegalArgumentException if the bytes are not a state of this listener
   */
  void resume(Training training, byte[] state);
}
