package io.github.convnet4j.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * Images of the same size, each with a label from 0 to {@code classes - 1}. Immutable.
 *
 * <p>The pixels are stored once: in memory, as unsigned bytes or as floats, depending on how they
 * were given, or on disk ({@link Pixels}). A {@link #subset} shares them. Bytes are scaled to
 * values from 0 to 1 when they are read.
 */
public final class DataSet implements Source {
  private final Images images;
  private final int[] labels; // of all stored images
  private final int classes;
  private final Optional<Groups> groups; // of the images of this set

  private DataSet(Images images, int[] labels, int classes, Optional<Groups> groups) {
    this.images = images;
    this.labels = labels;
    this.classes = classes;
    this.groups = groups;
  }

  /**
   * Returns a data set with copies of the arrays.
   *
   * @param pixels {@code [size, height, width, channels]} row by row, as unsigned bytes
   * @param labels {@code [size]}, each from 0 to {@code classes - 1}; at least one
   * @param image shape of each image, {@code [height, width, channels]}, with 1 to 16 channels: 1
   *     for gray, 3 for color
   * @throws IllegalArgumentException if a number is out of range, or {@code pixels} does not hold
   *     exactly one image for each label
   */
  public static DataSet of(byte[] pixels, int[] labels, Shape image, int classes) {
    return wrap(Images.of(pixels, labels.length, "label", image), labels.clone(), classes);
  }

  /**
   * Returns a data set with copies of the arrays, whose pixels are floats.
   *
   * @param pixels {@code [size, height, width, channels]} row by row, from 0 to 1 as a rule; they
   *     are returned unchanged, except that {@link #image} rounds them to bytes
   * @throws IllegalArgumentException as {@link #of(byte[], int[], Shape, int)}
   */
  public static DataSet of(float[] pixels, int[] labels, Shape image, int classes) {
    return wrap(Images.of(pixels, labels.length, "label", image), labels.clone(), classes);
  }

  /**
   * Returns a data set of images, with a copy of the labels.
   *
   * @param labels {@code [size]}, each from 0 to {@code classes - 1}
   * @throws IllegalArgumentException if a number is out of range, or there is not exactly one label
   *     for each image
   */
  public static DataSet of(Images images, int[] labels, int classes) {
    if (labels.length != images.size()) {
      throw new IllegalArgumentException(
          "labels must be %d, one for each image: %d".formatted(images.size(), labels.length));
    }
    return wrap(images, labels.clone(), classes);
  }

  private static DataSet wrap(Images images, int[] labels, int classes) {
    Images.checkAtLeastOne("classes", classes);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label %d must be from 0 to %d: %d".formatted(i, classes - 1, labels[i]));
      }
    }
    return new DataSet(images, labels, classes, Optional.empty());
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

  /** Returns the shape of a one-hot label, {@code [classes]}. */
  @Override
  public List<Shape> targetShapes() {
    return List.of(Shape.of(classes));
  }

  @Override
  public Optional<InputFormat> inputFormat() {
    return images.format();
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

  /** {@code height * width * channels}. */
  public int pixelsPerImage() {
    return images.pixelsPerImage();
  }

  /** Number of classes; labels run from 0 to {@code classes() - 1}. */
  public int classes() {
    return classes;
  }

  /** Returns the class of an image. */
  public int label(int index) {
    return labels[images.place(index)];
  }

  /** Returns the classes of all images, {@code [size]}. */
  public int[] labels() {
    return IntStream.range(0, size()).map(this::label).toArray();
  }

  /** Returns the one-hot label of an image, {@code [classes]}: 1 for its class, otherwise 0. */
  public float[] oneHot(int index) {
    float[] oneHot = new float[classes];
    oneHot[label(index)] = 1;
    return oneHot;
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
   * Returns the images from {@code from} (inclusive) to {@code to} (exclusive), as a data set that
   * shares the pixels.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from < to <= size()}
   */
  public DataSet subset(int from, int to) {
    Images some = images.subset(from, to);
    return new DataSet(some, labels, classes, groupsOf(IntStream.range(from, to).toArray()));
  }

  /**
   * Returns the images with the given indices, in the given order, as a data set that shares the
   * pixels.
   *
   * @param indices at least one; repeated indices are allowed
   * @throws IndexOutOfBoundsException unless each is from 0 to {@code size() - 1}
   */
  @Override
  public DataSet select(int[] indices) {
    return new DataSet(images.select(indices), labels, classes, groupsOf(indices));
  }

  private Optional<Groups> groupsOf(int[] indices) {
    return groups.map(all -> all.select(indices));
  }

  /**
   * Returns the images from {@code from} (inclusive) to {@code to} (exclusive), in the set's own
   * order.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from < to <= size()}
   */
  public Batch batch(int from, int to) {
    images.checkRange(from, to);
    return batch(IntStream.range(from, to).toArray());
  }

  /**
   * Returns the images with the given indices, in the given order.
   *
   * @throws IndexOutOfBoundsException unless each is from 0 to {@code size() - 1}
   */
  public Batch batch(int[] indices) {
    float[] pixels = new float[Math.multiplyExact(indices.length, pixelsPerImage())];
    float[] oneHot = new float[Math.multiplyExact(indices.length, classes)];
    fill(indices, pixels, oneHot);
    int[] classLabels = Arrays.stream(indices).map(this::label).toArray();
    return new Batch(indices.length, pixels, oneHot, classLabels);
  }

  /** Copies the images with the given indices, and their one-hot labels, into a batch. */
  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    fill(indices, batch.input(), batch.target());
  }

  /**
   * Copies the images with the given indices, and their labels, into existing arrays, which can be
   * reused from step to step.
   *
   * @param pixels {@code [batch, height, width, channels]}
   * @param oneHot {@code [batch, classes]}
   * @throws IndexOutOfBoundsException unless each is from 0 to {@code size() - 1}
   * @throws IllegalArgumentException if an array has another length
   */
  public void fill(int[] indices, float[] pixels, float[] oneHot) {
    Images.checkLength("oneHot", oneHot.length, indices.length, classes);
    images.copy(indices, pixels);
    Arrays.fill(oneHot, 0);
    for (int i = 0; i < indices.length; i++) {
      oneHot[i * classes + label(indices[i])] = 1;
    }
  }

  /** Returns the one-hot labels of the images with the given indices, without the images. */
  @Override
  public List<float[]> readTargets(int... indices) {
    float[] oneHot = new float[Math.multiplyExact(indices.length, classes)];
    for (int i = 0; i < indices.length; i++) {
      oneHot[i * classes + label(indices[i])] = 1;
    }
    return List.of(oneHot);
  }

  @Override
  public DataSet filter(IntPredicate accepted) {
    return select(Selection.filter(size(), accepted));
  }

  @Override
  public DataSet take(int count) {
    return select(Selection.take(size(), count));
  }

  @Override
  public DataSet skip(int count) {
    return select(Selection.skip(size(), count));
  }

  @Override
  public DataSet sample(int count, int seed) {
    return select(Selection.sample(size(), count, seed));
  }

  @Override
  public Optional<Groups> groups() {
    return groups;
  }

  @Override
  public DataSet grouped(Groups by) {
    if (by.size() != size()) {
      throw new IllegalArgumentException(
          "groups must be %d, one for each image: %d".formatted(size(), by.size()));
    }
    return new DataSet(images, labels, classes, Optional.of(by));
  }

  /**
   * Returns the images with other classes. Images of classes that are dropped are left out.
   *
   * @throws IllegalArgumentException if the relabeling is for another number of classes, or no
   *     image is left
   */
  @Override
  public DataSet relabel(Relabeling relabeling) {
    relabeling.checkFrom(classes);
    DataSet kept = filter(i -> relabeling.keeps(label(i)));
    // Stored images that are not in the set may have a class that is dropped.
    int[] relabeled =
        Arrays.stream(labels).map(label -> Math.max(0, relabeling.label(label))).toArray();
    return new DataSet(kept.images, relabeled, relabeling.names().size(), kept.groups);
  }

  /**
   * Draws a stratified sample: each class keeps its proportion. If the numbers allow it, at least
   * one image of every class with two or more images is drawn, and at least one image of every
   * class is left. If the images are in groups, whole groups are drawn, and the number of images
   * and the proportions are met as closely as the groups allow.
   *
   * @param order the indices of all images; the first ones of each class are drawn
   * @param count how many, from 1 to {@code size() - 1}; fewer are drawn if a class would otherwise
   *     have none left
   * @return the indices drawn, in ascending order
   */
  @Override
  public int[] draw(int[] order, int count) {
    if (order.length != size()) {
      throw new IllegalArgumentException(
          "order must have the %d indices of all images: %d".formatted(size(), order.length));
    }
    if (count < 1 || count >= size()) {
      throw new IllegalArgumentException(
          "count must be from 1 to %d: %d".formatted(size() - 1, count));
    }
    if (groups.isPresent()) {
      return GroupDraw.examples(groups.get(), labels(), classes, order, count);
    }
    int[] wanted = ClassShare.of(imagesPerClass(), count);
    return Arrays.stream(order).filter(i -> wanted[label(i)]-- > 0).sorted().toArray();
  }

  /** Returns the number of images of each class, {@code [classes]}. */
  public int[] imagesPerClass() {
    int[] counts = new int[classes];
    for (int i = 0; i < size(); i++) {
      counts[label(i)]++;
    }
    return counts;
  }

  /**
   * Returns all images except those with the given indices.
   *
   * @param sortedIndices in ascending order
   */
  public DataSet without(int[] sortedIndices) {
    return select(
        IntStream.range(0, size())
            .filter(i -> Arrays.binarySearch(sortedIndices, i) < 0)
            .toArray());
  }

  /** Returns endless shuffled batches. The same seed gives the same batches. */
  public Batches batches(int seed) {
    return new Batches(this, seed);
  }

  /**
   * Returns the images of both sets, those of {@code first} first, as a data set that shares their
   * pixels.
   *
   * @throws IllegalArgumentException if they differ in size or number of classes
   */
  public static DataSet concat(DataSet first, DataSet second) {
    if (first.classes != second.classes
        || first.height() != second.height()
        || first.width() != second.width()
        || first.channels() != second.channels()) {
      throw new IllegalArgumentException(
          "first and second must have images of the same size and the same number of classes: %s, %s"
              .formatted(first, second));
    }
    Optional<Groups> groups =
        Groups.joined(first.groups, first.size(), second.groups, second.size());
    if (first.labels == second.labels) {
      return new DataSet(first.images.join(second.images), first.labels, first.classes, groups);
    }
    int[] labels =
        IntStream.concat(IntStream.of(first.labels()), IntStream.of(second.labels())).toArray();
    Images joined = Images.of(new JoinedPixels(first.images, second.images), first.images.shape());
    return new DataSet(
        InputFormat.common(first.inputFormat(), second.inputFormat())
            .map(joined::format)
            .orElse(joined),
        labels,
        first.classes,
        groups);
  }

  /** Returns the images without their labels. */
  Images images() {
    return images;
  }

  @Override
  public String toString() {
    return "DataSet[%d images of %dx%dx%d, %d classes]"
        .formatted(size(), height(), width(), channels(), classes);
  }
}
