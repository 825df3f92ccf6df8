package io.github.convnet4j.examples.plot;

import java.awt.image.BufferedImage;

/** A matrix as colored cells, row by row from the top left. Immutable. */
final class CellImage {
  private static final int WHITE = 0xFFFFFFFF;

  private final int[] colors;
  private final int rows;
  private final int columns;

  private CellImage(int[] colors, int rows, int columns) {
    this.colors = colors;
    this.rows = rows;
    this.columns = columns;
  }

  static CellImage of(float[] values, int rows, int columns, Colormap colormap) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1: " + rows);
    }
    if (columns < 1) {
      throw new IllegalArgumentException("columns must be at least 1: " + columns);
    }
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          String.format(
              "values must hold rows * columns = %d * %d numbers: %d",
              rows, columns, values.length));
    }
    return new CellImage(colormap.colors(values), rows, columns);
  }

  static CellImage of(float[][] values, Colormap colormap) {
    if (values.length == 0 || values[0].length == 0) {
      throw new IllegalArgumentException("values must have at least one row and one column");
    }
    int columns = values[0].length;
    float[] flat = new float[Math.multiplyExact(values.length, columns)];
    for (int row = 0; row < values.length; row++) {
      if (values[row].length != columns) {
        throw new IllegalArgumentException(
            String.format(
                "values must have rows of the same length, but row 0 has %d numbers and row %d has"
                    + " %d",
                columns, row, values[row].length));
      }
      System.arraycopy(values[row], 0, flat, row * columns, columns);
    }
    return of(flat, values.length, columns, colormap);
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /**
   * Returns the picture at the given size in pixels. Each pixel has the color of the cell that
   * contains its center, without blending; transparent cells are white.
   */
  BufferedImage scaledTo(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      int row = cell(y, height, rows);
      for (int x = 0; x < width; x++) {
        int color = colors[row * columns + cell(x, width, columns)];
        image.setRGB(x, y, color == Colormap.BAD ? WHITE : color);
      }
    }
    return image;
  }

  private static int cell(int pixel, int pixels, int cells) {
    return (int) ((2L * pixel + 1) * cells / (2L * pixels));
  }
}
