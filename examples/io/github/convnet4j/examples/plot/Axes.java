package io.github.convnet4j.examples.plot;

import java.util.Objects;
import java.util.Optional;

/** One of a figure's plots: a matrix drawn as cells, with a title. Not safe for several threads. */
public final class Axes {
  private String title = "";
  private Optional<CellImage> image = Optional.empty();

  Axes() {}

  /**
   * Draws a matrix as square cells, row 0 on top, each of one colour. The range of the colours is
   * that of the finite values; NaN and the infinities stay white. An earlier picture is replaced.
   * The values are read now: later changes of the array do not show.
   *
   * @param values {@code rows * columns} numbers, row by row
   * @param rows at least 1
   * @param columns at least 1
   * @param colormap the colours
   * @return these axes
   * @throws IllegalArgumentException if the number of values is not {@code rows * columns}
   */
  public Axes imshow(float[] values, int rows, int columns, Colormap colormap) {
    image = Optional.of(CellImage.of(values, rows, columns, colormap));
    return this;
  }

  /**
   * As {@link #imshow(float[], int, int, Colormap)}, with the rows as arrays of their own.
   *
   * @throws IllegalArgumentException if there is no number, or the rows differ in length
   */
  public Axes imshow(float[][] values, Colormap colormap) {
    image = Optional.of(CellImage.of(values, colormap));
    return this;
  }

  /** Writes above the plot, line by line; an empty title writes nothing. */
  public Axes title(String title) {
    this.title = Objects.requireNonNull(title, "title");
    return this;
  }

  Panel at(SubplotPosition position) {
    return new Panel(position, image, title);
  }
}
