package io.github.convnet4j.inspect;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.Arrays;

/**
 * A network's embeddings of images: for each image, the input of the last dense layer, which
 * separates the classes. Immutable.
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
   * Computes the embeddings of images. All are kept in memory.
   *
   * @throws IllegalArgumentException if the images do not fit the network
   */
  public static Embeddings of(Model<Prediction> model, Source images) {
    try (Inspection inspection = Inspection.of(model)) {
      return inspection.embeddings(images);
    }
  }

  /**
   * Returns the name of the layer whose input they are: the last dense layer, or the last layer if
   * there is no dense one.
   */
  public String layer() {
    return layer;
  }

  /** Number of images. */
  public int size() {
    return labels.length;
  }

  /** Number of values for each image. */
  public int length() {
    return length;
  }

  /** Returns the class of an image. */
  public int label(int index) {
    return labels[index];
  }

  /** Returns a copy of the embedding of an image, {@code [length]}. */
  public float[] row(int index) {
    if (index < 0 || index >= labels.length) {
      throw new IndexOutOfBoundsException(
          "index must be from 0 to %d: %d".formatted(labels.length - 1, index));
    }
    return Arrays.copyOfRange(values, index * length, (index + 1) * length);
  }

  /**
   * Returns the directions in which the embeddings vary most.
   *
   * @param components number of directions, from 1 to the smaller of size and length
   * @throws IllegalArgumentException if a number is not finite
   */
  public PrincipalComponents principalComponents(int components) {
    return PrincipalComponents.of(values, labels.length, components);
  }
}
