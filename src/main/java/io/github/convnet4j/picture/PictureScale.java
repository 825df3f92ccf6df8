package io.github.convnet4j.picture;

import java.util.Arrays;

/**
 * Scales pictures with a triangle filter, first along the rows, then along the columns.
 *
 * <p>Pixels are squares and their values belong to their centers. A larger picture is interpolated
 * bilinearly, between the two centers around each new one. For a smaller picture, the triangle
 * grows as much as the picture shrinks, so that every old pixel counts. At the edges, the weights
 * inside the picture are rescaled to sum to 1.
 */
final class PictureScale {
  private PictureScale() {}

  /**
   * Scales a picture, and rounds once, half up.
   *
   * @param pixels {@code [height, width, channels]} row by row
   * @return {@code [newHeight, newWidth, channels]} row by row
   */
  static byte[] scale(
      byte[] pixels, int height, int width, int channels, int newHeight, int newWidth) {
    float[] narrow = new float[Math.multiplyExact(height, Math.multiplyExact(newWidth, channels))];
    Weights across = Weights.of(width, newWidth);
    for (int row = 0; row < height; row++) {
      for (int x = 0; x < newWidth; x++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          for (int i = 0; i < across.of[x].length; i++) {
            sum +=
                across.of[x][i]
                    * (pixels[(row * width + across.first[x] + i) * channels + c] & 0xff);
          }
          narrow[(row * newWidth + x) * channels + c] = (float) sum;
        }
      }
    }
    return down(narrow, newWidth * channels, Weights.of(height, newHeight));
  }

  /** Scales along the columns. */
  private static byte[] down(float[] values, int rowLength, Weights weights) {
    byte[] scaled = new byte[Math.multiplyExact(weights.of.length, rowLength)];
    double[] sums = new double[rowLength];
    for (int y = 0; y < weights.of.length; y++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < weights.of[y].length; i++) {
        int from = (weights.first[y] + i) * rowLength;
        for (int x = 0; x < rowLength; x++) {
          sums[x] += weights.of[y][i] * values[from + x];
        }
      }
      for (int x = 0; x < rowLength; x++) {
        scaled[y * rowLength + x] = (byte) Math.min(255, (int) (sums[x] + 0.5));
      }
    }
    return scaled;
  }

  /** For each new pixel, the first old pixel that it is computed from, and the weights. */
  private static final class Weights {
    private final int[] first;
    private final double[][] of;

    private Weights(int[] first, double[][] of) {
      this.first = first;
      this.of = of;
    }

    static Weights of(int from, int to) {
      double scale = (double) from / to;
      double radius = Math.max(1, scale);
      int[] first = new int[to];
      double[][] weights = new double[to][];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        first[i] = Math.max(0, (int) Math.ceil(centre - radius - 0.5));
        int last = Math.min(from - 1, (int) Math.floor(centre + radius - 0.5));
        weights[i] = new double[last - first[i] + 1];
        double sum = 0;
        for (int j = 0; j < weights[i].length; j++) {
          double distance = Math.abs(first[i] + j + 0.5 - centre);
          weights[i][j] = Math.max(0, 1 - distance / radius);
          sum += weights[i][j];
        }
        for (int j = 0; j < weights[i].length; j++) {
          weights[i][j] /= sum;
        }
      }
      return new Weights(first, weights);
    }
  }
}
