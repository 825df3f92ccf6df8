package io.github.convnet4j.examples;

import io.github.convnet4j.data.DataSet;

/**
 * The settings of a training run.
 *
 * @param epochs the number of passes over the training images, at least 1
 * @param batchSize images per step, at least 1
 * @param learningRate Adam's step size, above 0
 * @param keepProbability the share of values that dropout keeps in training, above 0, at most 1
 * @param seed the seed for the weights, dropout, the order of the images and the digit that is
 *     shown
 */
public record TrainingSettings(
    int epochs, int batchSize, double learningRate, float keepProbability, int seed) {

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public TrainingSettings {
    require(epochs >= 1, "epochs must be at least 1: " + epochs);
    require(batchSize >= 1, "batch size must be at least 1: " + batchSize);
    require(
        (float) learningRate > 0 && Float.isFinite((float) learningRate),
        "learning rate must be a number above 0: " + learningRate);
    require(
        keepProbability > 0 && keepProbability <= 1,
        "keep probability must be above 0 and at most 1: " + keepProbability);
    require(seed > Integer.MIN_VALUE, "seed must be above " + Integer.MIN_VALUE + ": " + seed);
  }

  /** Returns a copy with another number of epochs. */
  public TrainingSettings withEpochs(int newEpochs) {
    return new TrainingSettings(newEpochs, batchSize, learningRate, keepProbability, seed);
  }

  /**
   * Returns the number of steps per epoch. As in the notebooks, only whole batches count.
   *
   * @throws IllegalArgumentException if there are fewer images than one batch needs
   */
  public int stepsPerEpoch(DataSet train) {
    require(
        batchSize <= train.size(),
        "batch size must be at most the number of training images, "
            + train.size()
            + ": "
            + batchSize);
    return train.size() / batchSize;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new UsageException(message);
    }
  }
}
