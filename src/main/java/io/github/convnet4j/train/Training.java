package io.github.convnet4j.train;

import io.github.convnet4j.data.DataSet;

/**
 * A running call of {@code fit}, as its listeners see it.
 *
 * <p>Use it only in the training thread, and do not keep it.
 */
public final class Training {
  private final Classifier classifier;
  private final DataSet images;
  private final FitOptions options;
  private final Plan plan;
  private final LearningRate learningRate;
  private boolean stopped;

  Training(
      Classifier classifier,
      DataSet images,
      FitOptions options,
      Plan plan,
      LearningRate learningRate) {
    this.classifier = classifier;
    this.images = images;
    this.options = options;
    this.plan = plan;
    this.learningRate = learningRate;
  }

  /**
   * Returns the classifier that is being trained. Listeners may read its weights, predict, evaluate
   * and save, but not call {@code fit} or close it.
   */
  public Classifier classifier() {
    return classifier;
  }

  /** Returns the training images, without those held out for validation. */
  public DataSet images() {
    return images;
  }

  /** Returns the options of this call; a validation share has been replaced by its images. */
  public FitOptions options() {
    return options;
  }

  /** Returns the number of the first epoch that this call trains or continues, from 1. */
  public int firstEpoch() {
    return plan.start().epochs() + 1;
  }

  /** Returns the number of the last epoch of this call, if it is not stopped before. */
  public int lastEpoch() {
    return plan.lastEpoch();
  }

  /** Returns how many steps of the first epoch earlier calls have already done. */
  public int batchesDone() {
    return plan.batches(plan.start().inEpoch().images());
  }

  /** Returns the number of steps per epoch. */
  public int batchesPerEpoch() {
    return plan.batchesPerEpoch();
  }

  /**
   * Returns the learning rate of the latest step; before the first step, that of the first step.
   */
  public double learningRate() {
    return learningRate.current();
  }

  /** Returns the factor that the scheduled learning rates are multiplied by; initially 1. */
  public double learningRateFactor() {
    return learningRate.factor();
  }

  /**
   * Sets the factor that the scheduled learning rates of the remaining steps of this call are
   * multiplied by.
   *
   * @param factor above 0; 1 for the scheduled rates themselves
   */
  public void learningRateFactor(double factor) {
    learningRate.factor(factor);
  }

  /**
   * Stops training as soon as all listeners have been called for the current event. An incomplete
   * epoch is not in the history; the next call of {@code fit} continues it.
   */
  public void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }
}
