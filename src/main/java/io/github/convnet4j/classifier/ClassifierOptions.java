package io.github.convnet4j.classifier;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import java.util.HashSet;
import java.util.List;

/**
 * What a classifier is besides its network and its optimizer. Begin with any of the settings:
 *
 * <pre>{@code
 * ClassifierOptions.seed(777).classNames("abdomen", "chest", "head")
 * }</pre>
 *
 * @param seed of all that is random: first weights, dropout, and unless told otherwise shuffling
 * @param loss what training makes smaller; its predictions are the probabilities
 * @param classNames one for each class, all different; empty for "0", "1", …
 * @param normalization what is done to the pixels first
 */
public record ClassifierOptions(
    long seed, Loss loss, List<String> classNames, Normalization normalization)
    implements Settings {
  public ClassifierOptions {
    requireNonNull(loss, "loss");
    requireNonNull(normalization, "normalization");
    classNames = List.copyOf(classNames);
    if (new HashSet<>(classNames).size() < classNames.size()) {
      throw new IllegalArgumentException("classNames must all be different: " + classNames);
    }
  }

  /** Seed 0, softmax cross-entropy, classes called by number, pixels from 0 to 1. */
  public static ClassifierOptions defaults() {
    return new ClassifierOptions(0, Losses.softmaxCrossEntropy(), List.of(), Normalization.unit());
  }

  /** The defaults with this seed. */
  public static ClassifierOptions seed(long seed) {
    ClassifierOptions defaults = defaults();
    return new ClassifierOptions(
        seed, defaults.loss(), defaults.classNames(), defaults.normalization());
  }

  /** The same with this loss. */
  public ClassifierOptions loss(Loss newLoss) {
    return new ClassifierOptions(seed, newLoss, classNames, normalization);
  }

  /** The same with these names of the classes, in the order of their numbers. */
  public ClassifierOptions classNames(String... names) {
    return new ClassifierOptions(seed, loss, List.of(names), normalization);
  }

  /** The same with this normalisation. */
  public ClassifierOptions normalization(Normalization newNormalization) {
    return new ClassifierOptions(seed, loss, classNames, newNormalization);
  }
}
