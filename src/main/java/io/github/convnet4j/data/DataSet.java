package io.github.convnet4j.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Images of one size, each with a label from 0 to {@code classes - 1}. Immutable.
 *
 * <p>The pixels are kept once, as unsigned bytes; a {@link #subset} shares them. They become
 * numbers from 0 to 1 only in what is handed out.
 */
public final class DataSet {
  /** As the notebooks' Python scales pixels: one multiplication in single precision. */
  private static final float SCALE = (float) (1 / 255.0);

  private final byte[] pixels;
  private final int[] labels;
  private final int first;
  private final int size;
  private final int height;
  private final int width;
  private final int channels;
  private final int classes;

  private DataSet(
      byte[] pixels,
      int[] labels,
      int first,
      int size,
      int height,
      int width,
      int channels,
      int classes) {
    this.pixels = pixels;
    this.labels = labels;
    this.first = first;
    this.size = size;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.classes = classes;
  }

  /**
   * A data set of copies of these arrays.
   *
   * @param pixels {@code [size, height, width, channels]} row by row, as unsigned bytes
   * @param labels {@code [size]}, each from 0 to {@code classes - 1}; at least one
   * @param channels 1 for grey, 3 for colour
   * @throws IllegalArgumentException if a number is out of range, or {@code pixels} has not exactly
   *     one image for each label
   */
  public static DataSet of(
      byte[] pixels, int[] labels, int height, int width, int channels, int classes) {
    return wrap(pixels.clone(), labels.clone(), height, width, channels, classes);
  }

  /** As {@link #of}, of the arrays themselves, which nobody may change afterwards. */
  static DataSet wrap(
      byte[] pixels, int[] labels, int height, int width, int channels, int classes) {
    checkAtLeastOne("height", height);
    checkAtLeastOne("width", width);
    checkAtLeastOne("classes", classes);
    checkAtLeastOne("number of labels", labels.length);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 (grey) or 3 (colour): " + channels);
    }
    // Looked at twice, because the product of all four could overflow a long.
    long image = (long) height * width * channels;
    if (image > pixels.length || image * labels.length != pixels.length) {
      throw new IllegalArgumentException(
          "pixels must hold %d images of %dx%dx%d, one for each label: %d bytes"
              .formatted(labels.length, height, width, channels, pixels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label %d must be from 0 to %d: %d".formatted(i, classes - 1, labels[i]));
      }
    }
    return new DataSet(pixels, labels, 0, labels.length, height, width, channels, classes);
  }

  /** Number of images, at least 1. */
  public int size() {
    return size;
  }

  /** Rows of each image. */
  public int height() {
    return height;
  }

  /** Columns of each image. */
  public int width() {
    return width;
  }

  /** Values of each pixel: 1 for grey, 3 for colour. */
  public int channels() {
    return channels;
  }

  /** {@code height * width * channels}. */
  public int pixelsPerImage() {
    return height * width * channels;
  }

  /** Number of classes; labels run from 0 to {@code classes() - 1}. */
  public int classes() {
    return classes;
  }

  /** The class of an image. */
  public int label(int index) {
    return labels[first + checkIndex(index)];
  }

  /** The classes of all images, {@code [size]}. */
  public int[] labels() {
    return Arrays.copyOfRange(labels, first, first + size);
  }

  /** The class of an image as {@code [classes]} zeros, and a one where the class is. */
  public float[] oneHot(int index) {
    float[] oneHot = new float[classes];
    oneHot[label(index)] = 1;
    return oneHot;
  }

  /** An image as unsigned bytes, {@code [height, width, channels]} row by row. */
  public byte[] image(int index) {
    int from = (first + checkIndex(index)) * pixelsPerImage();
    return Arrays.copyOfRange(pixels, from, from + pixelsPerImage());
  }

  /** An image as values from 0 to 1, {@code [height, width, channels]} row by row. */
  public float[] imageFloats(int index) {
    float[] values = new float[pixelsPerImage()];
    scale(checkIndex(index), values, 0);
    return values;
  }

  /**
   * The images from {@code from} up to but without {@code to}, as a data set that shares the
   * pixels.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from < to <= size()}
   */
  public DataSet subset(int from, int to) {
    checkRange(from, to);
    return new DataSet(pixels, labels, first + from, to - from, height, width, channels, classes);
  }

  /**
   * The images from {@code from} up to but without {@code to}, in the set's own order.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from < to <= size()}
   */
  public Batch batch(int from, int to) {
    checkRange(from, to);
    return gather(IntStream.range(from, to).toArray());
  }

  /**
   * The images with these indices, in their order.
   *
   * @throws IndexOutOfBoundsException unless each is from 0 to {@code size() - 1}
   */
  public Batch batch(int[] indices) {
    for (int index : indices) {
      checkIndex(index);
    }
    return gather(indices);
  }

  /** Shuffled batches without end; the same seed gives the same batches. */
  public Batches batches(int seed) {
    return new Batches(this, seed);
  }

  /** The images with these indices, which are known to be in range. */
  Batch gather(int[] indices) {
    float[] images = new float[Math.multiplyExact(indices.length, pixelsPerImage())];
    float[] oneHot = new float[Math.multiplyExact(indices.length, classes)];
    int[] classLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      scale(indices[i], images, i * pixelsPerImage());
      classLabels[i] = labels[first + indices[i]];
      oneHot[i * classes + classLabels[i]] = 1;
    }
    return new Batch(indices.length, images, oneHot, classLabels);
  }

  private void scale(int index, float[] values, int at) {
    int from = (first + index) * pixelsPerImage();
    for (int i = 0; i < pixelsPerImage(); i++) {
      values[at + i] = (pixels[from + i] & 0xff) * SCALE;
    }
  }

  private int checkIndex(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(
          "index must be from 0 to %d: %d".formatted(size - 1, index));
    }
    return index;
  }

  private void checkRange(int from, int to) {
    if (from < 0 || from >= to || to > size) {
      throw new IndexOutOfBoundsException(
          "from and to must be 0 <= from < to <= %d: %d and %d".formatted(size, from, to));
    }
  }

  private static void checkAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1: %d".formatted(name, value));
    }
  }

  @Override
  public String toString() {
    return "DataSet[%d images of %dx%dx%d, %d classes]"
        .formatted(size, height, width, channels, classes);
  }
}
