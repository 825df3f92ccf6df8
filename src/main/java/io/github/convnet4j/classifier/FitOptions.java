package io.github.convnet4j.classifier;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.data.DataSet;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long and in what portions to train:
 *
 * <pre>{@code
 * FitOptions.epochs(15).batchSize(100).validateOn(validation).shuffleSeed(777)
 * }</pre>
 *
 * @param epochs how often every image is seen, at least 1
 * @param batchSize images a step, at least 1; the last batch of an epoch may have less
 * @param validation evaluated after each epoch, if there is one
 * @param shuffleSeed of the images' order; the classifier's own seed if there is none
 */
public record FitOptions(
    int epochs, int batchSize, Optional<DataSet> validation, OptionalInt shuffleSeed) {
  private static final int DEFAULT_BATCH_SIZE = 100;

  public FitOptions {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1: " + epochs);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1: " + batchSize);
    }
    requireNonNull(validation, "validation");
    requireNonNull(shuffleSeed, "shuffleSeed");
  }

  /** This many epochs in batches of 100 images, not validated. */
  public static FitOptions epochs(int epochs) {
    return new FitOptions(epochs, DEFAULT_BATCH_SIZE, Optional.empty(), OptionalInt.empty());
  }

  /** The same in batches of this size. */
  public FitOptions batchSize(int size) {
    return new FitOptions(epochs, size, validation, shuffleSeed);
  }

  /** The same, evaluated on these images after each epoch. */
  public FitOptions validateOn(DataSet images) {
    return new FitOptions(epochs, batchSize, Optional.of(images), shuffleSeed);
  }

  /** The same with the images shuffled by this seed. */
  public FitOptions shuffleSeed(int seed) {
    return new FitOptions(epochs, batchSize, validation, OptionalInt.of(seed));
  }
}
