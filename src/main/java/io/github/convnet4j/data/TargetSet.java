package io.github.convnet4j.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * Images of the same size, each with some numbers that a network learns to predict: measurements,
 * or a 1 or 0 for each of several labels. Immutable. For images that each belong to one class, use
 * {@link DataSet}.
 *
 * <p>The pixels are stored once: in memory, as unsigned bytes or as floats, depending on how they
 * were given, or on disk ({@link Pixels}). A {@link #subset} shares them.
 */
public final class TargetSet implements Source {
  private final Images images;
  private final float[] targets; // [size, targetsPerImage]
  private final int targetsPerImage;

  private TargetSet(Images images, float[] targets, int targetsPerImage) {
    this.images = images;
    this.targets = targets;
    this.targetsPerImage = targetsPerImage;
  }

  /**
   * Returns a target set with copies of the arrays.
   *
   * @param pixels {@code [size, height, width, channels]} row by row, as unsigned bytes
   * @param targets {@code [size, targetsPerImage]} row by row, all finite; at least one row
   * @param image shape of each image, {@code [height, width, channels]}, with 1 to 16 channels: 1
   *     for gray, 3 for color
   * @throws IllegalArgumentException if a number is out of range, or the number of images is not
   *     the number of rows of targets
   */
  public static TargetSet of(byte[] pixels, float[] targets, Shape image, int targetsPerImage) {
    int rows = rows(targets, targetsPerImage);
    return of(Images.of(pixels, rows, "target row", image), targets, targetsPerImage);
  }

  /**
   * Returns a target set with copies of the arrays, whose pixels are floats.
   *
   * @param pixels {@code [size, height, width, channels]} row by row, from 0 to 1 as a rule
   * @throws IllegalArgumentException as {@link #of(byte[], float[], Shape, int)}
   */
  public static TargetSet of(float[] pixels, float[] targets, Shape image, int targetsPerImage) {
    int rows = rows(targets, targetsPerImage);
    return of(Images.of(pixels, rows, "target row", image), targets, targetsPerImage);
  }

  /**
   * Returns the images of a data set with other targets than their labels. They share its pixels.
   *
   * @param targets {@code [size, targetsPerImage]} row by row, all finite; copied
   * @throws IllegalArgumentException if there is not exactly one row for each image, or a target is
   *     not finite
   */
  public static TargetSet of(DataSet data, float[] targets, int targetsPerImage) {
    return of(data.images(), targets, targetsPerImage);
  }

  /**
   * Returns images with targets.
   *
   * @param targets {@code [size, targetsPerImage]} row by row, all finite; copied
   * @throws IllegalArgumentException if there is not exactly one row for each image, or a target is
   *     not finite
   */
  public static TargetSet of(Images images, float[] targets, int targetsPerImage) {
    int rows = rows(targets, targetsPerImage);
    if (rows != images.size()) {
      throw new IllegalArgumentException(
          "targets must have %d rows, one for each image: %d".formatted(images.size(), rows));
    }
    return new TargetSet(images, checked(targets, targetsPerImage), targetsPerImage);
  }

  private static int rows(float[] targets, int targetsPerImage) {
    Images.checkAtLeastOne("targetsPerImage", targetsPerImage);
    if (targets.length % targetsPerImage != 0) {
      throw new IllegalArgumentException(
          "the number of targets must be a multiple of targetsPerImage, %d: %d"
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
  @Override
  public int size() {
    return images.size();
  }

  /** Returns the shape of an image, {@code [height, width, channels]}. */
  @Override
  public List<Shape> inputShapes() {
    return List.of(images.shape());
  }

  /** Returns the shape of an image's targets, {@code [targetsPerImage]}. */
  @Override
  public List<Shape> targetShapes() {
    return List.of(Shape.of(targetsPerImage));
  }

  @Override
  public Optional<InputFormat> inputFormat() {
    return images.format();
  }

  /** Returns the file of an image, relative to its folder, or its number. */
  @Override
  public String name(int index) {
    return images.name(index).orElse("image " + index);
  }

  /** Rows of each image. */
  public int height() {
    return images.height();
  }

  /** Columns of each image. */
  public int width() {
    return images.width();
  }

  /** Values of each pixel, from 1 to 16: 1 for gray, 3 for color. */
  public int channels() {
    return images.channels();
  }

  /** Number of targets of each image, at least 1. */
  public int targetsPerImage() {
    return targetsPerImage;
  }

  /** Returns the targets of an image, {@code [targetsPerImage]}. */
  public float[] targets(int index) {
    int from = images.checkIndex(index) * targetsPerImage;
    return Arrays.copyOfRange(targets, from, from + targetsPerImage);
  }

  /** Returns the targets of all images, {@code [size, targetsPerImage]} row by row. */
  public float[] targets() {
    return targets.clone();
  }

  /** Returns an image as unsigned bytes, {@code [height, width, channels]} row by row. */
  public byte[] image(int index) {
    return images.bytes(index);
  }

  /**
   * Returns an image as floats, {@code [height, width, channels]} row by row, from 0 to 1 as a
   * rule.
   */
  public float[] imageFloats(int index) {
    return images.floats(index);
  }

  /**
   * Returns the images from {@code from} (inclusive) to {@code to} (exclusive), as a set that
   * shares the pixels.
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

  /** Returns the targets of the images with the given indices, without the images. */
  @Override
  public List<float[]> readTargets(int... indices) {
    float[] some = new float[Math.multiplyExact(indices.length, targetsPerImage)];
    copyTargets(indices, some);
    return List.of(some);
  }

  private void copyTargets(int[] indices, float[] to) {
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(
          targets, indices[i] * targetsPerImage, to, i * targetsPerImage, targetsPerImage);
    }
  }

  /** Copies the images with the given indices, and their targets, into a batch. */
  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    fill(indices, batch.input(), batch.target());
  }

  /**
   * Copies the images with the given indices, and their targets, into existing arrays, which can be
   * reused from step to step.
   *
   * @param pixels {@code [batch, height, width, channels]}
   * @param ofBatch their targets, {@code [batch, targetsPerImage]}
   * @throws IndexOutOfBoundsException unless each is from 0 to {@code size() - 1}
   * @throws IllegalArgumentException if an array has another length
   */
  public void fill(int[] indices, float[] pixels, float[] ofBatch) {
    Images.checkLength("ofBatch", ofBatch.length, indices.length, targetsPerImage);
    images.copy(indices, pixels);
    copyTargets(indices, ofBatch);
  }

  @Override
  public String toString() {
    return "TargetSet[%d images of %dx%dx%d, %d targets each]"
        .formatted(size(), height(), width(), channels(), targetsPerImage);
  }
}
