package io.github.convnet4j.tensorboard;

import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * A picture of the filters of a convolution. White is the largest absolute weight, gray is 0, black
 * is its negative, and red is a number that is not finite. Filters over three channels are shown in
 * color.
 */
final class FilterPicture {
  private static final int MAX_TILES = 256;
  private static final int MIN_WIDTH = 32;
  private static final int RED = 0xff0000;

  private FilterPicture() {}

  /** Returns the kernel of the network's first convolution, {@code [height, width, in, out]}. */
  static Optional<Parameter> firstKernel(Network network) {
    return network.parameters().stream().filter(p -> p.shape().numDimensions() == 4).findFirst();
  }

  /**
   * Draws a tile for each filter. If the number of input channels is neither one nor three, each
   * channel of each filter has its own tile. At most 256 tiles are drawn.
   *
   * @param values {@code [height, width, in, out]}
   */
  static BufferedImage of(Parameter kernel, float[] values) {
    int height = (int) kernel.shape().get(0);
    int width = (int) kernel.shape().get(1);
    int in = (int) kernel.shape().get(2);
    int out = (int) kernel.shape().get(3);
    int shown = in == 3 ? 1 : in;
    int tiles = (int) Math.min((long) shown * out, MAX_TILES);
    float largest = largest(values);
    TileGrid grid = new TileGrid(tiles, height, width, MIN_WIDTH, 0);
    for (int tile = 0; tile < tiles; tile++) {
      int filter = tile / shown;
      int channel = tile % shown;
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          int first = ((row * width + column) * in + channel) * out + filter;
          // The weight of the next channel for the same filter is out numbers later.
          int step = in == 3 ? out : 0;
          grid.set(
              tile,
              row,
              column,
              rgb(values[first], values[first + step], values[first + 2 * step], largest));
        }
      }
    }
    return grid.draw();
  }

  /** Returns the largest finite absolute value, or 1 if it is 0. */
  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest == 0 ? 1 : largest;
  }

  private static int rgb(float red, float green, float blue, float largest) {
    if (!Float.isFinite(red) || !Float.isFinite(green) || !Float.isFinite(blue)) {
      return RED;
    }
    return level(red, largest) << 16 | level(green, largest) << 8 | level(blue, largest);
  }

  private static int level(float value, float largest) {
    return Math.round((value / largest + 1) * 127.5f);
  }
}
