package io.github.convnet4j.files;

/**
 * Enlarges square gray images by bilinear interpolation.
 *
 * <p>Pixels are squares and their values belong to their centers. The center of pixel {@code i} of
 * {@code to} lies at {@code (i + 0.5) * from / to - 0.5} among the {@code from} pixels of the
 * smaller image. Along both axes it takes a mean of the two pixels around it, weighted by how close
 * they are. Beyond the outermost centers, the outermost values apply. This is the rule of
 * TensorFlow 2's {@code tf.image.resize}. All arithmetic is on integers, and the result is rounded
 * once, half up.
 */
final class BilinearScale {
  private BilinearScale() {}

  /**
   * Enlarges one image, and stretches its values to the range of a byte.
   *
   * @param image {@code [from, from]} row by row, values from 0 to {@code max}
   * @param to side of the result
   * @return {@code [to, to]} row by row, 0 to 255 as unsigned bytes: {@code max} becomes 255
   */
  static byte[] scale(byte[] image, int from, int max, int to) {
    // Positions are in units of 1 / (2 * to), so that they are integers.
    int unit = 2 * to;
    byte[] scaled = new byte[to * to];
    for (int row = 0; row < to; row++) {
      int y = position(row, from, to);
      for (int column = 0; column < to; column++) {
        int x = position(column, from, to);
        int upper = along(image, y / unit * from, x, from, unit);
        int lower = along(image, Math.min(y / unit + 1, from - 1) * from, x, from, unit);
        int sum = (unit - y % unit) * upper + y % unit * lower;
        int whole = unit * unit * max;
        scaled[row * to + column] = (byte) ((sum * 255L + whole / 2) / whole);
      }
    }
    return scaled;
  }

  private static int position(int i, int from, int to) {
    return Math.max(0, Math.min((2 * i + 1) * from - to, (from - 1) * 2 * to));
  }

  /** Returns the value at {@code x} of the row that starts at {@code start}, times {@code unit}. */
  private static int along(byte[] image, int start, int x, int from, int unit) {
    int left = image[start + x / unit] & 0xff;
    int right = image[start + Math.min(x / unit + 1, from - 1)] & 0xff;
    return (unit - x % unit) * left + x % unit * right;
  }
}
