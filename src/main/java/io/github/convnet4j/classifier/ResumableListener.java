package io.github.convnet4j.classifier;

/**
 * A listener that carries something from one epoch to the next. What it carries is saved with the
 * classifier while it is trained, and given back when {@code fit}, called with {@link
 * FitOptions#upTo}, goes on with the training that was saved.
 */
public interface ResumableListener extends TrainingListener {
  /**
   * What it is called among a training's listeners: letters, digits and underscores. The same in
   * the process that saves and the one that goes on.
   */
  String stateName();

  /** What it carries, in a form of its own. */
  byte[] state();

  /**
   * Takes up what was saved; called after {@link #trainBegin}.
   *
   * @param state as {@link #state} gave it
   * @throws IllegalArgumentException if it is not of this listener
   */
  void resume(Training training, byte[] state);
}
