package io.github.convnet4j.report;

import java.awt.image.BufferedImage;

/** Small pictures of one size in a grid, each enlarged by a whole number, on nothing. */
final class Tiles {
  private static final int GAP = 4;
  private static final int OPAQUE = 0xff000000;

  private final int columns;
  private final int height;
  private final int width;
  private final int scale;
  private final BufferedImage image;

  /**
   * A grid of transparent tiles.
   *
   * @param tiles how many, at least 1
   * @param columns at most so many beside each other
   * @param height of each, in its own pixels
   * @param width of each, in its own pixels
   * @param leastWidth to what width in the grid's pixels they are enlarged, or somewhat further
   */
  Tiles(int tiles, int columns, int height, int width, int leastWidth) {
    this.columns = Math.min(tiles, columns);
    this.height = height;
    this.width = width;
    this.scale = (leastWidth - 1) / width + 1;
    int rows = (tiles - 1) / this.columns + 1;
    image =
        new BufferedImage(
            this.columns * (width * scale + GAP) - GAP,
            rows * (height * scale + GAP) - GAP,
            BufferedImage.TYPE_INT_ARGB);
  }

  /** Colours one of a tile's own pixels, {@code 0xRRGGBB}. */
  void set(int tile, int row, int column, int rgb) {
    int left = tile % columns * (width * scale + GAP) + column * scale;
    int top = tile / columns * (height * scale + GAP) + row * scale;
    for (int y = top; y < top + scale; y++) {
      for (int x = left; x < left + scale; x++) {
        image.setRGB(x, y, OPAQUE | rgb);
      }
    }
  }

  /** Colours a tile by its numbers, row by row. */
  void setSigned(int tile, float[] values, float greatest) {
    for (int i = 0; i < height * width; i++) {
      set(tile, i / width, i % width, Colours.signed(values[i], greatest));
    }
  }

  BufferedImage image() {
    return image;
  }
}
