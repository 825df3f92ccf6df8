package io.github.convnet4j.inspect;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;

/**
 * A map of where in an image a convolution sees evidence for a class. It is the sum of the feature
 * maps, each weighted by the mean of the logit's gradient over the map, with negative values set to
 * 0. Immutable.
 *
 * <p>R. R. Selvaraju and others, "Grad-CAM: visual explanations from deep networks via
 * gradient-based localization", ICCV 2017 (arXiv:1610.02391).
 */
public final class GradCam {
  private final String layer;
  private final int classIndex;
  private final Grid map;
  private final Grid overImage;

  GradCam(String layer, int classIndex, Grid map, Grid overImage) {
    this.layer = requireNonNull(layer, "layer");
    this.classIndex = classIndex;
    this.map = requireNonNull(map, "map");
    this.overImage = requireNonNull(overImage, "overImage");
  }

  /** A matrix, row by row. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and copied when it is returned.
  record Grid(int height, int width, float[] values) {}

  /**
   * Computes the map for one image at the last convolution. For several images use an {@link
   * Inspection}, which builds the graph only once.
   *
   * @param image from 0 to 1, {@code [height, width, channels]} row by row
   * @param classIndex the class that is explained, from 0
   * @throws IllegalArgumentException if no layer gives {@code [height, width, channels]}
   */
  public static GradCam of(Model<Prediction> model, float[] image, int classIndex) {
    try (Inspection inspection = Inspection.of(model)) {
      return inspection.gradCam(image, classIndex);
    }
  }

  /** The layer whose feature maps are used. */
  public String layer() {
    return layer;
  }

  /** The class, from 0. */
  public int classIndex() {
    return classIndex;
  }

  /** Number of rows of the feature maps. */
  public int height() {
    return map.height();
  }

  /** Number of columns of the feature maps. */
  public int width() {
    return map.width();
  }

  /** Returns a copy of the map, not negative, {@code [height, width]} of the feature maps. */
  public float[] map() {
    return map.values().clone();
  }

  /**
   * Returns a copy of the map enlarged bilinearly to the size of the image, {@code [height, width]}
   * of the image.
   */
  public float[] overImage() {
    return overImage.values().clone();
  }
}
