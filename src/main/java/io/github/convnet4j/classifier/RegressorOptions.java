package io.github.convnet4j.classifier;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;

/**
 * What a regressor is besides its network and its optimizer. Begin with any of the settings:
 *
 * <pre>{@code
 * RegressorOptions.seed(777).loss(Losses.sigmoidCrossEntropy())
 * }</pre>
 *
 * @param seed of all that is random: first weights, dropout, and unless told otherwise shuffling
 * @param loss what training makes smaller: mean squared error for numbers, sigmoid cross-entropy
 *     for labels of which several may hold, or one of the user's own
 * @param normalization what is done to the pixels first; targets stay as they are
 */
public record RegressorOptions(long seed, Loss loss, Normalization normalization)
    implements Settings {
  public RegressorOptions {
    requireNonNull(loss, "loss");
    requireNonNull(normalization, "normalization");
  }

  /** Seed 0, mean squared error, pixels from 0 to 1. */
  public static RegressorOptions defaults() {
    return new RegressorOptions(0, Losses.meanSquaredError(), Normalization.unit());
  }

  /** The defaults with this seed. */
  public static RegressorOptions seed(long seed) {
    return new RegressorOptions(seed, defaults().loss(), defaults().normalization());
  }

  /** The same with this loss. */
  public RegressorOptions loss(Loss newLoss) {
    return new RegressorOptions(seed, newLoss, normalization);
  }

  /** The same with this normalisation. */
  public RegressorOptions normalization(Normalization newNormalization) {
    return new RegressorOptions(seed, loss, newNormalization);
  }
}
