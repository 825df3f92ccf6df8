package io.github.convnet4j.commandline;

import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.nio.file.Path;

/**
 * Saves a checkpoint after each epoch, optionally every few steps, and at the end, even if training
 * was stopped in the middle of an epoch. It must come before listeners that change the model when
 * training ends.
 */
final class TrainingCheckpoints implements TrainingListener {
  private final Checkpoints checkpoints;
  private final int everySteps;
  private boolean due;
  private boolean saved = true;

  /**
   * Saves checkpoints in a folder.
   *
   * @param everySteps also saves after this many steps; 0 to save only after each epoch
   */
  TrainingCheckpoints(Path folder, int everySteps) {
    this.checkpoints = Checkpoints.everySteps(folder, 1);
    this.everySteps = everySteps;
  }

  @Override
  public void trainBegin(Training training) {
    checkpoints.trainBegin(training);
  }

  @Override
  public void batchEnd(Training training, BatchResult result) {
    checkpoints.batchEnd(training, result);
    saved = false;
    due = everySteps > 0 && training.model().stepsTrained() % everySteps == 0;
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    checkpoints.epochEnd(training, result);
    due = true;
  }

  @Override
  public void settled(Training training) {
    if (due) {
      save(training);
    }
  }

  @Override
  public void trainEnd(Training training, History history) {
    if (!saved) {
      save(training);
    }
  }

  @Override
  public void release(Training training) {
    checkpoints.release(training);
  }

  private void save(Training training) {
    checkpoints.settled(training);
    due = false;
    saved = true;
  }
}
