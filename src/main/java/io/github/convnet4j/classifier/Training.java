package io.github.convnet4j.classifier;

import io.github.convnet4j.data.DataSet;

/**
 * A call of {@code fit} under way, as its listeners see it.
 *
 * <p>Used by the thread that trains; it must not be kept.
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
   * What is being trained: its weights may be read, it may predict, evaluate and be saved, but not
   * fit or closed.
   */
  public Classifier classifier() {
    return classifier;
  }

  /** The images that it is trained on, without those of a validation share. */
  public DataSet images() {
    return images;
  }

  /** How it is trained; with the images of the validation share, if there is one. */
  public FitOptions options() {
    return options;
  }

  /** The number of the first epoch that this call ends, from 1. */
  public int firstEpoch() {
    return plan.start().epochs() + 1;
  }

  /** The number of the last epoch of this call, if nobody stops it. */
  public int lastEpoch() {
    return plan.lastEpoch();
  }

  /** Steps of the first epoch that earlier calls did. */
  public int batchesDone() {
    return plan.batches(plan.start().inEpoch().images());
  }

  /** Steps in each epoch. */
  public int batchesPerEpoch() {
    return plan.batchesPerEpoch();
  }

  /** The learning rate of the last step; before the first, that of the first. */
  public double learningRate() {
    return learningRate.current();
  }

  /** What the learning rates of the options, or the optimizer's, are multiplied by; 1 at first. */
  public double learningRateFactor() {
    return learningRate.factor();
  }

  /**
   * Multiplies the learning rates of the steps to come, in this call of {@code fit}, by a factor.
   *
   * @param factor above 0; 1 for the rates as they were planned
   */
  public void learningRateFactor(double factor) {
    learningRate.factor(factor);
  }

  /**
   * Ends the training when the listeners' turn is over. An epoch that is under way then is not in
   * the history; the next call of {@code fit} goes on with it.
   */
  public void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }
}
