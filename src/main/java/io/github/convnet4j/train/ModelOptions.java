package io.github.convnet4j.train;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.data.PictureFormat;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that defines a classifier apart from its network and its optimizer. Start from the
 * defaults:
 *
 * <pre>{@code
 * ClassifierOptions.defaults().seed(777).classNames("abdomen", "chest", "head")
 * }</pre>
 *
 * @param seed seed of everything random: initial weights, dropout, augmentation, and shuffling
 *     unless {@link FitOptions#shuffleSeed} is set
 * @param loss the loss that training minimizes; its predictions are the probabilities
 * @param classNames one distinct name for each class; empty for "0", "1", …
 * @param normalization how pixels are normalized before the network sees them
 * @param rewrites which optimizations of the graph are allowed; they do not change the function
 *     that the network computes
 * @param pictures how picture files are converted, for training and for prediction; empty if the
 *     training images do not come from picture files
 */
public record ClassifierOptions(
    long seed,
    Loss loss,
    List<String> classNames,
    Normalization normalization,
    Set<Rewrite> rewrites,
    Optional<PictureFormat> pictures)
    implements Settings {
  public ClassifierOptions {
    requireNonNull(loss, "loss");
    requireNonNull(normalization, "normalization");
    classNames = List.copyOf(classNames);
    rewrites = Rewrite.set(rewrites);
    requireNonNull(pictures, "pictures");
    if (new HashSet<>(classNames).size() < classNames.size()) {
      throw new IllegalArgumentException("classNames must all be different: " + classNames);
    }
  }

  /**
   * Returns seed 0, softmax cross-entropy, classes named by number, pixels from 0 to 1 and all
   * rewrites.
   */
  public static ClassifierOptions defaults() {
    return new ClassifierOptions(
        0,
        Losses.softmaxCrossEntropy(),
        List.of(),
        Normalization.unit(),
        Rewrite.all(),
        Optional.empty());
  }

  /** Returns a copy with this seed. */
  public ClassifierOptions seed(long newSeed) {
    return new ClassifierOptions(newSeed, loss, classNames, normalization, rewrites, pictures);
  }

  /** Returns a copy with this loss. */
  public ClassifierOptions loss(Loss newLoss) {
    return new ClassifierOptions(seed, newLoss, classNames, normalization, rewrites, pictures);
  }

  /** Returns a copy with these class names, in the order of the class numbers. */
  public ClassifierOptions classNames(String... names) {
    return new ClassifierOptions(seed, loss, List.of(names), normalization, rewrites, pictures);
  }

  /** Returns a copy with this normalization. */
  public ClassifierOptions normalization(Normalization newNormalization) {
    return new ClassifierOptions(seed, loss, classNames, newNormalization, rewrites, pictures);
  }

  /**
   * Returns a copy without any rewrites: the graph follows the network's description layer by
   * layer. Training takes longer.
   */
  public ClassifierOptions literalGraph() {
    return rewrites(Set.of());
  }

  /** Returns a copy that allows these rewrites only. */
  public ClassifierOptions rewrites(Set<Rewrite> newRewrites) {
    return new ClassifierOptions(seed, loss, classNames, normalization, newRewrites, pictures);
  }

  /**
   * Returns a copy with this picture format. It is saved with the classifier, so that {@link
   * Classifier#predict(java.nio.file.Path)} converts pictures exactly as the training pictures were
   * converted.
   */
  public ClassifierOptions pictures(PictureFormat format) {
    return new ClassifierOptions(
        seed, loss, classNames, normalization, rewrites, Optional.of(format));
  }
}
