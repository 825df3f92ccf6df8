package io.github.convnet4j.inspect;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.Classifier;

/**
 * Where in an image a convolution sees what speaks for a class: its feature maps, each weighted by
 * the mean of the logit's gradient over the map, summed, and what is below 0 left out. Immutable.
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
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and copied when handed out.
  record Grid(int height, int width, float[] values) {}

  /**
   * Of one image, at the last convolution; for several, an {@link Inspection} builds the graph
   * once.
   *
   * @param image from 0 to 1, {@code [height, width, channels]} row by row
   * @param classIndex the class whose logit it is, from 0
   * @throws IllegalArgumentException if no layer gives {@code [height, width, channels]}
   */
  public static GradCam of(Classifier classifier, float[] image, int classIndex) {
    try (Inspection inspection = Inspection.of(classifier)) {
      return inspection.gradCam(image, classIndex);
    }
  }

  /** The layer whose feature maps these are. */
  public String layer() {
    return layer;
  }

  /** The class, from 0. */
  public int classIndex() {
    return classIndex;
  }

  /** Rows of the feature maps. */
  public int height() {
    return map.height();
  }

  /** Columns of the feature maps. */
  public int width() {
    return map.width();
  }

  /** The weighted sum, at least 0, {@code [height, width]} of the feature maps; a copy. */
  public float[] map() {
    return map.values().clone();
  }

  /**
   * The same stretched over the image, bilinearly, {@code [height, width]} of the image; a copy.
   */
  public float[] overImage() {
    return overImage.values().clone();
  }
}
