package io.github.convnet4j.classifier;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import java.util.Set;

/**
 * Everything that defines a regressor apart from its network and its optimizer. Start from the
 * defaults:
 *
 * <pre>{@code
 * RegressorOptions.defaults().seed(777).loss(Losses.sigmoidCrossEntropy())
 * }</pre>
 *
 * @param seed seed of everything random: initial weights, dropout, augmentation, and shuffling
 *     unless {@link FitOptions#shuffleSeed} is set
 * @param loss the loss that training minimizes: mean squared error for numbers, sigmoid
 *     cross-entropy for labels of which an image may have several, or a custom loss
 * @param normalization how pixels are normalized before the network sees them; targets stay as they
 *     are
 * @param rewrites which optimizations of the graph are allowed; they do not change the function
 *     that the network computes
 */
public record RegressorOptions(
    long seed, Loss loss, Normalization normalization, Set<Rewrite> rewrites) implements Settings {
  public RegressorOptions {
    requireNonNull(loss, "loss");
    requireNonNull(normalization, "normalization");
    rewrites = Rewrite.set(rewrites);
  }

  /** Returns seed 0, mean squared error, pixels from 0 to 1 and all rewrites. */
  public static RegressorOptions defaults() {
    return new RegressorOptions(0, Losses.meanSquaredError(), Normalization.unit(), Rewrite.all());
  }

  /** Returns a copy with this seed. */
  public RegressorOptions seed(long newSeed) {
    return new RegressorOptions(newSeed, loss, normalization, rewrites);
  }

  /** Returns a copy with this loss. */
  public RegressorOptions loss(Loss newLoss) {
    return new RegressorOptions(seed, newLoss, normalization, rewrites);
  }

  /** Returns a copy with this normalization. */
  public RegressorOptions normalization(Normalization newNormalization) {
    return new RegressorOptions(seed, loss, newNormalization, rewrites);
  }

  /**
   * Returns a copy without any rewrites: the graph follows the network's description layer by
   * layer. Training takes longer.
   */
  public RegressorOptions literalGraph() {
    return rewrites(Set.of());
  }

  /** Returns a copy that allows these rewrites only. */
  public RegressorOptions rewrites(Set<Rewrite> newRewrites) {
    return new RegressorOptions(seed, loss, normalization, newRewrites);
  }
}
