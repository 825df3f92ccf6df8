package io.github.convnet4j.examples.plot;

import java.awt.image.BufferedImage;

/** A matrix as coloured cells, row by row from the top left. Immutable. */
final class CellImage {
  private static final int WHITE = 0xFFFFFFFF;

  private final int[] colours;
  private final int rows;
  private final int columns;

  private CellImage(int[] colours, int rows, int columns) {
    this.colours = colours;
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
    return new CellImage(colormap.colours(values), rows, columns);
  }

  static CellImage of(float[][] values, Colormap colormap) {
    if (values.length == 0 || values[0].length == 0) {
      throw new IllegalArgumentException("values must have a row and a column at least");
    }
    int columns = values[0].length;
    float[] flat = new float[Math.multiplyExact(values.length, columns)];
    for (int row = 0; row < values.length; row++) {
      if (values[row].length != columns) {
        throw new IllegalArgumentException(
            String.format(
                "values must have rows of one length, but row 0 has %d numbers and row %d has %d",
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
   * The picture in the given number of pixels. Each pixel has the colour of the cell that its
   * centre lies in, with no blending; white shines through where the colour is transparent.
   */
  BufferedImage scaledTo(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      int row = cell(y, height, rows);
      for (int x = 0; x < width; x++) {
        int colour = colours[row * columns + cell(x, width, columns)];
        image.setRGB(x, y, colour == Colormap.BAD ? WHITE : colour);
      }
    }
    return image;
  }

  private static int cell(int pixel, int pixels, int cells) {
    return (int) ((2L * pixel + 1) * cells / (2L * pixels));
  }
}
