package io.github.convnet4j.train;

import io.github.convnet4j.layer.Mode;
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
   * augmentation, and shuffling unless {@link FitOptions#shuffleSeed} is set. The same seed gives
   * the same model on the same machine. With another number of cores, TensorFlow rounds sums in
   * another way, so that weights differ in their last digits.
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
   * Computes convolutions and products in bfloat16, in training and in inference, as {@link
   * #mixedPrecisionIn} does.
   */
  ModelOptions mixedPrecision();

  /**
   * Computes convolutions and products in bfloat16, a type with the range of float32 and 8 instead
   * of 24 significant bits. Processors with AMX multiply it several times faster; others do not
   * gain, and a message in the log says so. Weights, the optimizer's state, the loss, the layers
   * that compute the outputs, and the values between layers are float32 in any case. By default no
   * mode has mixed precision.
   *
   * <p>It is saved with the model, and a loaded model computes in the same way, unless {@link
   * SessionOptions#fullPrecision} says otherwise. Exported models and inspections always have full
   * precision. On a GPU it has not been tried.
   *
   * @param modes training, inference, both, or none
   */
  ModelOptions mixedPrecisionIn(Set<Mode> modes);

  /**
   * Sets how picture files are converted. It is saved with the model, which converts pictures in
   * the same way when it predicts. A model that is trained on pictures, as {@code ImageFolder}
   * reads them, takes their format by itself; this is for training data from elsewhere.
   */
  ModelOptions pictures(PictureFormat format);

  /**
   * Sets the regular expression by which the training pictures were grouped, as {@link
   * io.github.convnet4j.files.ImageFolder#groups(String)} takes it. It is saved with the model, so
   * that the same test pictures are held out whenever the model is evaluated.
   */
  ModelOptions groups(String regex);

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

  /** Returns the modes in which convolutions and products are computed in bfloat16. */
  Set<Mode> mixedPrecisionIn();

  /**
   * Returns how picture files are converted, for training and for prediction; empty if it is not
   * set.
   */
  Optional<PictureFormat> pictures();

  /**
   * Returns the regular expression by which the training pictures were grouped; empty if they were
   * not.
   */
  Optional<String> groups();

  /** Returns what TensorFlow computes on. */
  SessionOptions session();
}
