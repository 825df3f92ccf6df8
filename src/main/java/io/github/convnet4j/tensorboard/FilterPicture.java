package io.github.convnet4j.tensorboard;

import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * The filters of a convolution: black is the negative of the greatest weight, grey is 0, white is
 * the greatest, and red is not a number. Filters over three channels are shown as colours.
 */
final class FilterPicture {
  private static final int MOST_TILES = 256;
  private static final int LEAST_WIDTH = 32;
  private static final int RED = 0xff0000;

  private FilterPicture() {}

  /** The kernel of the network's first convolution, {@code [height, width, in, out]}. */
  static Optional<Parameter> firstKernel(Network network) {
    return network.parameters().stream().filter(p -> p.shape().numDimensions() == 4).findFirst();
  }

  /**
   * A tile for each filter; if there are neither one nor three channels in, a tile for each channel
   * of each filter; the first 256 of them.
   *
   * @param values {@code [height, width, in, out]}
   */
  static BufferedImage of(Parameter kernel, float[] values) {
    int height = (int) kernel.shape().get(0);
    int width = (int) kernel.shape().get(1);
    int in = (int) kernel.shape().get(2);
    int out = (int) kernel.shape().get(3);
    int shown = in == 3 ? 1 : in;
    int tiles = (int) Math.min((long) shown * out, MOST_TILES);
    float greatest = greatest(values);
    TileGrid grid = new TileGrid(tiles, height, width, LEAST_WIDTH, 0);
    for (int tile = 0; tile < tiles; tile++) {
      int filter = tile / shown;
      int channel = tile % shown;
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          int first = ((row * width + column) * in + channel) * out + filter;
          // The next channel's weight for the same filter is out numbers further on.
          int step = in == 3 ? out : 0;
          grid.set(
              tile,
              row,
              column,
              rgb(values[first], values[first + step], values[first + 2 * step], greatest));
        }
      }
    }
    return grid.draw();
  }

  /** The greatest finite absolute value, or 1 if there is none but 0. */
  private static float greatest(float[] values) {
    float greatest = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    return greatest == 0 ? 1 : greatest;
  }

  private static int rgb(float red, float green, float blue, float greatest) {
    if (!Float.isFinite(red) || !Float.isFinite(green) || !Float.isFinite(blue)) {
      return RED;
    }
    return level(red, greatest) << 16 | level(green, greatest) << 8 | level(blue, greatest);
  }

  private static int level(float value, float greatest) {
    return Math.round((value / greatest + 1) * 127.5f);
  }
}
