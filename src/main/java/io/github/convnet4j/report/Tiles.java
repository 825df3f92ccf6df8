package io.github.convnet4j.report;

import java.awt.image.BufferedImage;

/**
 * A grid of small pictures of the same size, each enlarged by a whole number, on a transparent
 * background.
 */
final class Tiles {
  private static final int GAP = 4;
  private static final int OPAQUE = 0xff000000;

  private final int columns;
  private final int height;
  private final int width;
  private final int scale;
  private final BufferedImage image;

  /**
   * Creates a grid of transparent tiles.
   *
   * @param tiles how many, at least 1
   * @param columns the largest number of tiles in a row
   * @param height of each, in its own pixels
   * @param width of each, in its own pixels
   * @param minWidth each tile is enlarged to at least this width, in pixels of the grid
   */
  Tiles(int tiles, int columns, int height, int width, int minWidth) {
    this.columns = Math.min(tiles, columns);
    this.height = height;
    this.width = width;
    this.scale = (minWidth - 1) / width + 1;
    int rows = (tiles - 1) / this.columns + 1;
    image =
        new BufferedImage(
            this.columns * (width * scale + GAP) - GAP,
            rows * (height * scale + GAP) - GAP,
            BufferedImage.TYPE_INT_ARGB);
  }

  /** Sets one of a tile's own pixels to a color, {@code 0xRRGGBB}. */
  void set(int tile, int row, int column, int rgb) {
    int left = tile % columns * (width * scale + GAP) + column * scale;
    int top = tile / columns * (height * scale + GAP) + row * scale;
    for (int y = top; y < top + scale; y++) {
      for (int x = left; x < left + scale; x++) {
        image.setRGB(x, y, OPAQUE | rgb);
      }
    }
  }

  /** Colors a tile by its numbers, row by row. */
  void setSigned(int tile, float[] values, float largest) {
    for (int i = 0; i < height * width; i++) {
      set(tile, i / width, i % width, Colours.signed(values[i], largest));
    }
  }

  BufferedImage image() {
    return image;
  }
}
