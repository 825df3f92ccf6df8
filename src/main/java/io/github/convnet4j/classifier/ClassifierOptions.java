package io.github.convnet4j.classifier;

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
 * What a classifier is besides its network and its optimizer. Start from the defaults:
 *
 * <pre>{@code
 * ClassifierOptions.defaults().seed(777).classNames("abdomen", "chest", "head")
 * }</pre>
 *
 * @param seed of all that is random: first weights, dropout, and unless told otherwise shuffling
 * @param loss what training makes smaller; its predictions are the probabilities
 * @param classNames one for each class, all different; empty for "0", "1", …
 * @param normalization what is done to the pixels first
 * @param rewrites how the graph may differ from the network's description, at the same function
 * @param pictures what picture files are made before it learns from them or predicts; empty if that
 *     is not known, as its images are no picture files
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

  /** Seed 0, softmax cross-entropy, classes called by number, pixels from 0 to 1, all rewrites. */
  public static ClassifierOptions defaults() {
    return new ClassifierOptions(
        0,
        Losses.softmaxCrossEntropy(),
        List.of(),
        Normalization.unit(),
        Rewrite.all(),
        Optional.empty());
  }

  /** The same with this seed. */
  public ClassifierOptions seed(long newSeed) {
    return new ClassifierOptions(newSeed, loss, classNames, normalization, rewrites, pictures);
  }

  /** The same with this loss. */
  public ClassifierOptions loss(Loss newLoss) {
    return new ClassifierOptions(seed, newLoss, classNames, normalization, rewrites, pictures);
  }

  /** The same with these names of the classes, in the order of their numbers. */
  public ClassifierOptions classNames(String... names) {
    return new ClassifierOptions(seed, loss, List.of(names), normalization, rewrites, pictures);
  }

  /** The same with this normalisation. */
  public ClassifierOptions normalization(Normalization newNormalization) {
    return new ClassifierOptions(seed, loss, classNames, newNormalization, rewrites, pictures);
  }

  /**
   * The same with the graph as the network says, layer for layer: no rewrite. Training takes
   * longer.
   */
  public ClassifierOptions literalGraph() {
    return rewrites(Set.of());
  }

  /** The same with these rewrites of the graph alone. */
  public ClassifierOptions rewrites(Set<Rewrite> newRewrites) {
    return new ClassifierOptions(seed, loss, classNames, normalization, newRewrites, pictures);
  }

  /**
   * The same with this format of pictures, which is saved with the classifier, so that {@link
   * Classifier#predict(java.nio.file.Path)} makes of a picture what was made of those that it
   * learned from.
   */
  public ClassifierOptions pictures(PictureFormat format) {
    return new ClassifierOptions(
        seed, loss, classNames, normalization, rewrites, Optional.of(format));
  }
}
