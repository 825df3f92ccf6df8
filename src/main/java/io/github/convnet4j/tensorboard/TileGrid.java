package io.github.convnet4j.tensorboard;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A grid of small pictures of the same size, enlarged by a whole number, on white. */
final class TileGrid {
  private static final int GAP = 2;
  private static final int WHITE = 0xffffff;

  private final int columns;
  private final int width;
  private final int height;
  private final int scale;
  private final int captionHeight;
  private final BufferedImage image;
  private final List<Captions.Caption> captions = new ArrayList<>();

  /**
   * Creates a grid with about as many columns as rows.
   *
   * @param tiles how many, at least 1
   * @param height of each, in its own pixels
   * @param width of each, in its own pixels
   * @param minWidth each tile is enlarged to at least this width, in pixels of the grid
   * @param captionHeight the space for text below each tile, in pixels of the grid
   */
  TileGrid(int tiles, int height, int width, int minWidth, int captionHeight) {
    this.columns = (int) Math.ceil(Math.sqrt(tiles));
    this.width = width;
    this.height = height;
    this.scale = (minWidth - 1) / width + 1;
    this.captionHeight = captionHeight;
    int rows = (tiles - 1) / columns + 1;
    image =
        new BufferedImage(
            columns * cellWidth() + GAP, rows * cellHeight() + GAP, BufferedImage.TYPE_INT_RGB);
    fill(new Rectangle(image.getWidth(), image.getHeight()), WHITE);
  }

  private int cellWidth() {
    return width * scale + GAP;
  }

  private int cellHeight() {
    return height * scale + captionHeight + GAP;
  }

  private int left(int tile) {
    return tile % columns * cellWidth() + GAP;
  }

  private int top(int tile) {
    return tile / columns * cellHeight() + GAP;
  }

  /** Sets one of a tile's own pixels to a color, {@code 0xRRGGBB}. */
  void set(int tile, int row, int column, int rgb) {
    fill(new Rectangle(left(tile) + column * scale, top(tile) + row * scale, scale, scale), rgb);
  }

  private void fill(Rectangle area, int rgb) {
    for (int y = area.y; y < area.y + area.height; y++) {
      for (int x = area.x; x < area.x + area.width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
  }

  /** Adds lines of text below a tile. */
  void caption(int tile, List<String> lines) {
    int top = top(tile) + height * scale;
    Rectangle area = new Rectangle(left(tile), top, width * scale, captionHeight);
    captions.add(new Captions.Caption(area, lines));
  }

  /** Returns the grid as a picture. */
  BufferedImage draw() {
    Captions.draw(image, captions);
    return image;
  }
}
