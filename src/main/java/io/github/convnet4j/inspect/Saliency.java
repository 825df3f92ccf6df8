package io.github.convnet4j.inspect;

import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;

/**
 * The gradient of a class's logit with respect to the pixels of an image. Immutable.
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
   * Computes the gradient for one image. For several images use an {@link Inspection}, which builds
   * the graph only once.
   *
   * @param image from 0 to 1, {@code [height, width, channels]} row by row
   * @param classIndex the class that is explained, from 0
   */
  public static Saliency of(Model<Prediction> model, float[] image, int classIndex) {
    try (Inspection inspection = Inspection.of(model)) {
      return inspection.saliency(image, classIndex);
    }
  }

  /** The class, from 0. */
  public int classIndex() {
    return classIndex;
  }

  /** Number of rows of the image. */
  public int height() {
    return height;
  }

  /** Number of columns of the image. */
  public int width() {
    return width;
  }

  /**
   * Returns a copy of the derivative of the logit with respect to each pixel's value, for pixels
   * from 0 to 1, {@code [height, width, channels]}.
   */
  public float[] gradient() {
    return gradient.clone();
  }

  /**
   * Returns the map defined in the paper, {@code [height, width]}: the largest absolute derivative
   * among the channels of each pixel.
   */
  public float[] map() {
    float[] map = new float[height * width];
    for (int i = 0; i < gradient.length; i++) {
      // Math.max propagates NaN.
      map[i / channels] = Math.max(map[i / channels], Math.abs(gradient[i]));
    }
    return map;
  }
}
