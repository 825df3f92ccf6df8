package io.github.convnet4j.classifier;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import java.util.Set;

/**
 * What a regressor is besides its network and its optimizer. Start from the defaults:
 *
 * <pre>{@code
 * RegressorOptions.defaults().seed(777).loss(Losses.sigmoidCrossEntropy())
 * }</pre>
 *
 * @param seed of all that is random: first weights, dropout, and unless told otherwise shuffling
 * @param loss what training makes smaller: mean squared error for numbers, sigmoid cross-entropy
 *     for labels of which several may hold, or one of the user's own
 * @param normalization what is done to the pixels first; targets stay as they are
 * @param rewrites how the graph may differ from the network's description, at the same function
 */
public record RegressorOptions(
    long seed, Loss loss, Normalization normalization, Set<Rewrite> rewrites) implements Settings {
  public RegressorOptions {
    requireNonNull(loss, "loss");
    requireNonNull(normalization, "normalization");
    rewrites = Rewrite.set(rewrites);
  }

  /** Seed 0, mean squared error, pixels from 0 to 1, all rewrites. */
  public static RegressorOptions defaults() {
    return new RegressorOptions(0, Losses.meanSquaredError(), Normalization.unit(), Rewrite.all());
  }

  /** The same with this seed. */
  public RegressorOptions seed(long newSeed) {
    return new RegressorOptions(newSeed, loss, normalization, rewrites);
  }

  /** The same with this loss. */
  public RegressorOptions loss(Loss newLoss) {
    return new RegressorOptions(seed, newLoss, normalization, rewrites);
  }

  /** The same with this normalisation. */
  public RegressorOptions normalization(Normalization newNormalization) {
    return new RegressorOptions(seed, loss, newNormalization, rewrites);
  }

  /**
   * The same with the graph as the network says, layer for layer: no rewrite. Training takes
   * longer.
   */
  public RegressorOptions literalGraph() {
    return rewrites(Set.of());
  }

  /** The same with these rewrites of the graph alone. */
  public RegressorOptions rewrites(Set<Rewrite> newRewrites) {
    return new RegressorOptions(seed, loss, normalization, newRewrites);
  }
}
