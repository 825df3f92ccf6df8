package io.github.convnet4j.inspect;

import io.github.convnet4j.classifier.Classifier;

/**
 * How the logit of a class changes with each of an image's pixels: its gradient. Immutable.
 *
 * <p>K. Simonyan, A. Vedaldi, A. Zisserman, "Deep inside convolutional networks: visualising image
 * classification models and saliency maps", ICLR workshop 2014 (arXiv:1312.6034).
 */
public final class Saliency {
  private final int classIndex;
  private final int height;
  private final int width;
  private final int channels;
  private final float[] gradient;

  Saliency(int classIndex, int height, int width, float[] gradient) {
    this.classIndex = classIndex;
    this.height = height;
    this.width = width;
    this.channels = gradient.length / (height * width);
    this.gradient = gradient;
  }

  /**
   * Of one image; for several, an {@link Inspection} builds the graph once.
   *
   * @param image from 0 to 1, {@code [height, width, channels]} row by row
   * @param classIndex the class whose logit it is, from 0
   */
  public static Saliency of(Classifier classifier, float[] image, int classIndex) {
    try (Inspection inspection = Inspection.of(classifier)) {
      return inspection.saliency(image, classIndex);
    }
  }

  /** The class, from 0. */
  public int classIndex() {
    return classIndex;
  }

  /** Rows of the image. */
  public int height() {
    return height;
  }

  /** Columns of the image. */
  public int width() {
    return width;
  }

  /**
   * The derivative of the logit by each pixel's value, of pixels from 0 to 1, {@code [height,
   * width, channels]}; a copy.
   */
  public float[] gradient() {
    return gradient.clone();
  }

  /** The paper's map: the greatest absolute derivative of a pixel's channels. */
  public float[] map() {
    float[] map = new float[height * width];
    for (int i = 0; i < gradient.length; i++) {
      // Math.max hands NaN on.
      map[i / channels] = Math.max(map[i / channels], Math.abs(gradient[i]));
    }
    return map;
  }
}
