package io.github.convnet4j.data;

import java.util.Arrays;

/**
 * Images of one size, each with some numbers that a network is to tell from it: measures, or for
 * each of several labels 1 or 0. Immutable. Where each image is of one class, use {@link DataSet}.
 *
 * <p>The pixels are kept once, as the unsigned bytes or the numbers that they were given as; a
 * {@link #subset} shares them.
 */
public final class TargetSet {
  private final Images images;
  private final float[] targets; // [size, targetsPerImage]
  private final int targetsPerImage;

  private TargetSet(Images images, float[] targets, int targetsPerImage) {
    this.images = images;
    this.targets = targets;
    this.targetsPerImage = targetsPerImage;
  }

  /**
   * A target set of copies of these arrays.
   *
   * @param pixels {@code [size, height, width, channels]} row by row, as unsigned bytes
   * @param targets {@code [size, targetsPerImage]} row by row, all finite; at least one row
   * @param channels 1 for grey, 3 for colour
   * @throws IllegalArgumentException if a number is out of range, or the arrays do not have as many
   *     images as rows of targets
   */
  public static TargetSet of(
      byte[] pixels, float[] targets, int height, int width, int channels, int targetsPerImage) {
    return of(
        new Pixels.OfBytes(pixels.clone()), targets, height, width, channels, targetsPerImage);
  }

  /**
   * A target set of copies of these arrays, whose pixels are numbers already.
   *
   * @param pixels {@code [size, height, width, channels]} row by row, from 0 to 1 as a rule
   * @throws IllegalArgumentException as {@link #of(byte[], float[], int, int, int, int)}
   */
  public static TargetSet of(
      float[] pixels, float[] targets, int height, int width, int channels, int targetsPerImage) {
    return of(
        new Pixels.OfFloats(pixels.clone()), targets, height, width, channels, targetsPerImage);
  }

  private static TargetSet of(
      Pixels pixels, float[] targets, int height, int width, int channels, int targetsPerImage) {
    int rows = rows(targets, targetsPerImage);
    Images images = Images.of(pixels, rows, "target row", height, width, channels);
    return new TargetSet(images, checked(targets, targetsPerImage), targetsPerImage);
  }

  /**
   * The images of a data set, whose pixels it shares, with other targets than their labels.
   *
   * @param targets {@code [size, targetsPerImage]} row by row, all finite; copied
   * @throws IllegalArgumentException if they are not a row for each image, or not finite
   */
  public static TargetSet of(DataSet data, float[] targets, int targetsPerImage) {
    int rows = rows(targets, targetsPerImage);
    if (rows != data.size()) {
      throw new IllegalArgumentException(
          "targets must be %d rows, one for each image: there are %d".formatted(data.size(), rows));
    }
    return new TargetSet(data.images(), checked(targets, targetsPerImage), targetsPerImage);
  }

  private static int rows(float[] targets, int targetsPerImage) {
    Images.checkAtLeastOne("targetsPerImage", targetsPerImage);
    if (targets.length % targetsPerImage != 0) {
      throw new IllegalArgumentException(
          "targets must be whole rows of targetsPerImage, %d: %d values"
              .formatted(targetsPerImage, targets.length));
    }
    return targets.length / targetsPerImage;
  }

  private static float[] checked(float[] targets, int targetsPerImage) {
    float[] copy = targets.clone();
    for (int i = 0; i < copy.length; i++) {
      if (!Float.isFinite(copy[i])) {
        throw new IllegalArgumentException(
            "target %d of image %d must be finite: %s"
                .formatted(i % targetsPerImage, i / targetsPerImage, copy[i]));
      }
    }
    return copy;
  }

  /** Number of images, at least 1. */
  public int size() {
    return images.size();
  }

  /** Rows of each image. */
  public int height() {
    return images.height();
  }

  /** Columns of each image. */
  public int width() {
    return images.width();
  }

  /** Values of each pixel: 1 for grey, 3 for colour. */
  public int channels() {
    return images.channels();
  }

  /** Number of targets of each image, at least 1. */
  public int targetsPerImage() {
    return targetsPerImage;
  }

  /** The targets of an image, {@code [targetsPerImage]}. */
  public float[] targets(int index) {
    int from = images.checkIndex(index) * targetsPerImage;
    return Arrays.copyOfRange(targets, from, from + targetsPerImage);
  }

  /** The targets of all images, {@code [size, targetsPerImage]} row by row. */
  public float[] targets() {
    return targets.clone();
  }

  /** An image as unsigned bytes, {@code [height, width, channels]} row by row. */
  public byte[] image(int index) {
    return images.bytes(index);
  }

  /** An image as values from 0 to 1, {@code [height, width, channels]} row by row. */
  public float[] imageFloats(int index) {
    return images.floats(index);
  }

  /**
   * The images from {@code from} up to but without {@code to}, as a set that shares the pixels.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from < to <= size()}
   */
  public TargetSet subset(int from, int to) {
    Images some = images.subset(from, to);
    return new TargetSet(
        some,
        Arrays.copyOfRange(targets, from * targetsPerImage, to * targetsPerImage),
        targetsPerImage);
  }

  /**
   * The images with these indices, in their order.
   *
   * @throws IndexOutOfBoundsException unless each is from 0 to {@code size() - 1}
   */
  public TargetBatch batch(int[] indices) {
    float[] pixels = new float[Math.multiplyExact(indices.length, images.pixelsPerImage())];
    float[] ofBatch = new float[Math.multiplyExact(indices.length, targetsPerImage)];
    fill(indices, pixels, ofBatch);
    return new TargetBatch(indices.length, pixels, ofBatch);
  }

  /**
   * Writes the images with these indices, and their targets, into arrays that are there already: a
   * training that uses them again and again leaves no garbage.
   *
   * @param pixels {@code [batch, height, width, channels]}, from 0 to 1
   * @param ofBatch their targets, {@code [batch, targetsPerImage]}
   * @throws IndexOutOfBoundsException unless each is from 0 to {@code size() - 1}
   * @throws IllegalArgumentException if an array is of another length
   */
  public void fill(int[] indices, float[] pixels, float[] ofBatch) {
    Images.checkLength("ofBatch", ofBatch, indices.length, targetsPerImage);
    images.copy(indices, pixels);
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(
          targets, indices[i] * targetsPerImage, ofBatch, i * targetsPerImage, targetsPerImage);
    }
  }

  @Override
  public String toString() {
    return "TargetSet[%d images of %dx%dx%d, %d targets each]"
        .formatted(size(), height(), width(), channels(), targetsPerImage);
  }
}
