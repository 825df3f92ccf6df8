package io.github.convnet4j.task;

import io.github.convnet4j.check.Largest;
import java.util.List;
import java.util.Objects;

/** The predicted class of each pixel of an image. Immutable. */
public final class SegmentedImage {
  private final List<String> classNames;
  private final int height;
  private final int width;
  private final int[] classes; // [height, width]
  private final float[] probabilities; // [height, width], of the most likely class

  private SegmentedImage(
      List<String> classNames, int height, int width, int[] classes, float[] probabilities) {
    this.classNames = classNames;
    this.height = height;
    this.width = width;
    this.classes = classes;
    this.probabilities = probabilities;
  }

  /**
   * Returns the most likely class of each pixel.
   *
   * @param values probabilities, {@code [height, width, classes]}
   */
  static SegmentedImage of(List<String> classNames, int height, int width, float[] values) {
    int n = classNames.size();
    int[] classes = new int[height * width];
    float[] probabilities = new float[classes.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = Largest.indexOf(values, i * n, n);
      probabilities[i] = values[i * n + classes[i]];
    }
    return new SegmentedImage(classNames, height, width, classes, probabilities);
  }

  /** Returns the name of each class. */
  public List<String> classNames() {
    return classNames;
  }

  /** Returns the number of rows. */
  public int height() {
    return height;
  }

  /** Returns the number of columns. */
  public int width() {
    return width;
  }

  /**
   * Returns the number of the most likely class of a pixel, from 0; the first one if several are
   * equally likely.
   *
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public int classIndex(int row, int column) {
    return classes[index(row, column)];
  }

  /** Returns the probability of the most likely class of a pixel. */
  public float probability(int row, int column) {
    return probabilities[index(row, column)];
  }

  private int index(int row, int column) {
    return Objects.checkIndex(row, height) * width + Objects.checkIndex(column, width);
  }

  /** Returns a copy of the class numbers, {@code [height, width]} row by row. */
  public int[] classes() {
    return classes.clone();
  }

  /** Returns the number of pixels of a class. */
  public int pixels(int classIndex) {
    int count = 0;
    for (int at : classes) {
      count += at == classIndex ? 1 : 0;
    }
    return count;
  }
}
