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
  private final int firstEpoch;
  private boolean stopped;

  Training(Classifier classifier, DataSet images, FitOptions options, int firstEpoch) {
    this.classifier = classifier;
    this.images = images;
    this.options = options;
    this.firstEpoch = firstEpoch;
  }

  /**
   * What is being trained: its weights may be read, it may predict, evaluate and be saved, but not
   * fit or closed.
   */
  public Classifier classifier() {
    return classifier;
  }

  /** The images that it is trained on. */
  public DataSet images() {
    return images;
  }

  /** How it is trained. */
  public FitOptions options() {
    return options;
  }

  /** The number of the first epoch of this call, from 1. */
  public int firstEpoch() {
    return firstEpoch;
  }

  /** The number of the last epoch of this call, if nobody stops it. */
  public int lastEpoch() {
    return firstEpoch + options.epochs() - 1;
  }

  /** Steps in each epoch. */
  public int batchesPerEpoch() {
    return (images.size() - 1) / options.batchSize() + 1;
  }

  /**
   * Ends the training when this listener's turn is over. At the end of an epoch nothing is lost; in
   * the middle of one, its steps stay done, but it does not count, and the next call of {@code fit}
   * begins it anew.
   */
  public void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }
}
