package io.github.convnet4j.tensorboard;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Small pictures of one size in a grid, enlarged by a whole number, on white. */
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
   * A grid as broad as it has rows, or one broader.
   *
   * @param tiles how many, at least 1
   * @param height of each, in its own pixels
   * @param width of each, in its own pixels
   * @param leastWidth to what width in the grid's pixels they are enlarged, or somewhat further
   * @param captionHeight the room below each, in the grid's pixels
   */
  TileGrid(int tiles, int height, int width, int leastWidth, int captionHeight) {
    this.columns = (int) Math.ceil(Math.sqrt(tiles));
    this.width = width;
    this.height = height;
    this.scale = (leastWidth - 1) / width + 1;
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

  /** Colours one of a tile's own pixels, {@code 0xRRGGBB}. */
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

  /** Writes lines of text below a tile. */
  void caption(int tile, List<String> lines) {
    int top = top(tile) + height * scale;
    Rectangle area = new Rectangle(left(tile), top, width * scale, captionHeight);
    captions.add(new Captions.Caption(area, lines));
  }

  /** The grid as a picture. */
  BufferedImage draw() {
    Captions.draw(image, captions);
    return image;
  }
}
