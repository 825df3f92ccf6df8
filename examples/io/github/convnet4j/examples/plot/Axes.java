package io.github.convnet4j.examples.plot;

import java.util.Objects;
import java.util.Optional;

/** One of a figure's plots: a matrix drawn as cells, with a title. Not thread-safe. */
public final class Axes {
  private String title = "";
  private Optional<CellImage> image = Optional.empty();

  Axes() {}

  /**
   * Draws a matrix as square cells of one color each, with row 0 at the top. The colors span the
   * range of the finite values, unless the color map has a {@linkplain Colormap#range range}; NaN
   * and the infinities stay white. Replaces an earlier picture. The values are copied: later
   * changes to the array have no effect.
   *
   * @param values {@code rows * columns} numbers, row by row
   * @param rows at least 1
   * @param columns at least 1
   * @param colormap the colors
   * @return these axes
   * @throws IllegalArgumentException if the number of values is not {@code rows * columns}
   */
  public Axes imshow(float[] values, int rows, int columns, Colormap colormap) {
    image = Optional.of(CellImage.of(values, rows, columns, colormap));
    return this;
  }

  /**
   * Does the same as {@link #imshow(float[], int, int, Colormap)}, with each row as a separate
   * array.
   *
   * @throws IllegalArgumentException if there are no values, or the rows differ in length
   */
  public Axes imshow(float[][] values, Colormap colormap) {
    image = Optional.of(CellImage.of(values, colormap));
    return this;
  }

  /** Sets the title above the plot, which may have several lines; an empty title shows nothing. */
  public Axes title(String title) {
    this.title = Objects.requireNonNull(title, "title");
    return this;
  }

  Panel at(SubplotPosition position) {
    return new Panel(position, image, title);
  }
}
