package io.github.convnet4j.examples.plot;

import java.awt.Rectangle;

/**
 * A cell of a grid that covers a figure, counted row by row from 1 at the top left. The margins are
 * matplotlib's defaults.
 */
record SubplotPosition(int rows, int columns, int index) {
  private static final double LEFT = 0.125;
  private static final double RIGHT = 0.9;
  private static final double BOTTOM = 0.11;
  private static final double TOP = 0.88;

  /** The space between two cells, in cell widths or heights. */
  private static final double SPACE = 0.2;

  SubplotPosition {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1: " + rows);
    }
    if (columns < 1) {
      throw new IllegalArgumentException("columns must be at least 1: " + columns);
    }
    if (index < 1 || index > (long) rows * columns) {
      throw new IllegalArgumentException(
          String.format(
              "index must be from 1 to rows * columns = %d: %d", (long) rows * columns, index));
    }
  }

  /**
   * Returns the whole of this cell, in a figure of this many pixels.
   *
   * @param width the figure's width in pixels
   * @param height the figure's height in pixels
   */
  Rectangle frame(int width, int height) {
    return centered(width, height, cellWidth(width), cellHeight(height));
  }

  /** Returns the largest rectangle in the middle of this cell whose picture cells are square. */
  Rectangle box(int width, int height, int across, int down) {
    double side = Math.min(cellWidth(width) / across, cellHeight(height) / down);
    return centered(width, height, side * across, side * down);
  }

  private double cellWidth(int width) {
    return width * (RIGHT - LEFT) / (columns + SPACE * (columns - 1));
  }

  private double cellHeight(int height) {
    return height * (TOP - BOTTOM) / (rows + SPACE * (rows - 1));
  }

  /** Returns a rectangle in the middle of this cell, with its edges at the nearest whole pixels. */
  private Rectangle centered(int width, int height, double boxWidth, double boxHeight) {
    int row = (index - 1) / columns;
    int column = (index - 1) % columns;
    double centerX = width * LEFT + cellWidth(width) * (column * (1 + SPACE) + 0.5);
    double centerY = height * (1 - TOP) + cellHeight(height) * (row * (1 + SPACE) + 0.5);
    int left = (int) Math.round(centerX - boxWidth / 2);
    int top = (int) Math.round(centerY - boxHeight / 2);
    int right = (int) Math.round(centerX + boxWidth / 2);
    int bottom = (int) Math.round(centerY + boxHeight / 2);
    return new Rectangle(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }
}
