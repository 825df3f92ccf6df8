package io.github.convnet4j.evaluate;

import java.util.Locale;

/**
 * How a classifier did on some images.
 *
 * @param loss the mean of the examples' losses, without any penalty on weights
 * @param confusionMatrix which class was taken for which
 */
public record Evaluation(double loss, ConfusionMatrix confusionMatrix) {
  /** Number of images whose class was told rightly. */
  public long correct() {
    return confusionMatrix.correct();
  }

  /** Number of images. */
  public long total() {
    return confusionMatrix.total();
  }

  /** The share of images whose class was told rightly, from 0 to 1; NaN of no images. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /** In one line: {@code loss 0.0812, accuracy 0.9751 (9751 of 10000)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "loss %.4f, accuracy %.4f (%d of %d)", loss, accuracy(), correct(), total());
  }
}
