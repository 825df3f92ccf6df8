package io.github.convnet4j.evaluate;

import java.util.Locale;

/**
 * The result of a classifier on some images.
 *
 * @param loss the mean of the examples' losses, without any penalty on weights
 * @param confusionMatrix how often the images of each class were predicted as each class
 */
public record Evaluation(double loss, ConfusionMatrix confusionMatrix) {
  /** Number of correctly classified images. */
  public long correct() {
    return confusionMatrix.correct();
  }

  /** Number of images. */
  public long total() {
    return confusionMatrix.total();
  }

  /** Returns the share of correctly classified images, from 0 to 1; NaN if there are no images. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /** Returns a single line: {@code loss 0.0812, accuracy 0.9751 (9751 of 10000)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "loss %.4f, accuracy %.4f (%d of %d)", loss, accuracy(), correct(), total());
  }
}
