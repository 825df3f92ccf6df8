package io.github.convnet4j.train;

import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.picture.PictureFormat;
import java.util.Optional;
import java.util.Set;

/**
 * What defines a model apart from its network, its task and its optimizer:
 *
 * <pre>{@code
 * Model.of(network, classification("cat", "dog"), adam(0.001), ModelOptions.seed(777).literalGraph())
 * }</pre>
 *
 * <p>Immutable: each method returns a copy with one option changed.
 */
public sealed interface ModelOptions permits ModelSettings {
  /** Returns seed 0, pixels from 0 to 1 and all rewrites. */
  static ModelOptions defaults() {
    return ModelSettings.DEFAULTS;
  }

  /**
   * Returns the defaults with another seed of everything random: initial weights, dropout,
   * augmentation, and shuffling unless {@link FitOptions#shuffleSeed} is set.
   */
  static ModelOptions seed(long seed) {
    return ModelSettings.DEFAULTS.withSeed(seed);
  }

  /** Normalizes pixels before the network sees them. */
  ModelOptions normalization(Normalization newNormalization);

  /**
   * Uses no rewrites: the graph follows the network's description layer by layer. Training takes
   * longer.
   */
  ModelOptions literalGraph();

  /** Allows these rewrites only. */
  ModelOptions rewrites(Set<Rewrite> newRewrites);

  /**
   * Sets how picture files are converted. It is saved with the model, which converts pictures in
   * the same way when it predicts. A model that is trained on pictures, as {@code ImageFolder}
   * reads them, takes their format by itself; this is for training data from elsewhere.
   */
  ModelOptions pictures(PictureFormat format);

  /** Sets what TensorFlow computes on: device, memory and threads. It is not saved. */
  ModelOptions session(SessionOptions newSession);

  /** Returns the seed of everything random. */
  long seed();

  /** Returns how pixels are normalized before the network sees them. */
  Normalization normalization();

  /**
   * Returns which optimizations of the graph are allowed; they do not change the function that the
   * network computes.
   */
  Set<Rewrite> rewrites();

  /**
   * Returns how picture files are converted, for training and for prediction; empty if it is not
   * set.
   */
  Optional<PictureFormat> pictures();

  /** Returns what TensorFlow computes on. */
  SessionOptions session();
}
