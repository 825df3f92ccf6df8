package io.github.convnet4j.inspect;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.data.DataSet;
import java.util.Arrays;

/**
 * Where images lie for a network: for each what reaches the last dense layer, which draws the
 * classes' borders between them. Immutable.
 */
public final class Embeddings {
  private final String layer;
  private final int[] labels;
  private final int length;
  private final float[] values;

  Embeddings(String layer, int[] labels, int length, float[] values) {
    this.layer = requireNonNull(layer, "layer");
    this.labels = labels;
    this.length = length;
    this.values = values;
  }

  /**
   * Of some images; all of them are kept, so give no more than are wanted.
   *
   * @throws IllegalArgumentException if the images do not fit the network
   */
  public static Embeddings of(Classifier classifier, DataSet images) {
    try (Inspection inspection = Inspection.of(classifier)) {
      return inspection.embeddings(images);
    }
  }

  /** The layer that they reach: the last dense one, or else the last one. */
  public String layer() {
    return layer;
  }

  /** How many images there are. */
  public int size() {
    return labels.length;
  }

  /** Numbers of each image. */
  public int length() {
    return length;
  }

  /** The class of an image. */
  public int label(int index) {
    return labels[index];
  }

  /** An image's numbers, {@code [length]}; a copy. */
  public float[] row(int index) {
    if (index < 0 || index >= labels.length) {
      throw new IndexOutOfBoundsException(
          "index must be from 0 to %d: %d".formatted(labels.length - 1, index));
    }
    return Arrays.copyOfRange(values, index * length, (index + 1) * length);
  }

  /**
   * The directions in which they are spread most.
   *
   * @param components how many, from 1 to the lesser of size and length
   * @throws IllegalArgumentException if a number is not finite
   */
  public PrincipalComponents principalComponents(int components) {
    return PrincipalComponents.of(values, labels.length, components);
  }
}
