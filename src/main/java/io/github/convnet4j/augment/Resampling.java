package io.github.convnet4j.augment;

/** Computes an image from positions in another one. */
final class Resampling {
  private final float[] from;
  private final int height;
  private final int width;
  private final int channels;
  private final Fill fill;
  private final float[] outside;

  private Resampling(float[] from, int height, int width, int channels, Fill fill) {
    this.from = from;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.fill = fill;
    this.outside = fill.outside(from, height, width, channels);
  }

  /**
   * Resamples by bilinear interpolation: each value is a mean of the four pixels around the
   * position, weighted by how close they are.
   *
   * @param from {@code [height, width, channels]} row by row
   * @param to receives the new image; must be another array
   * @param fill the pixels outside the image
   */
  static void bilinear(
      float[] from, float[] to, int height, int width, int channels, Affine places, Fill fill) {
    new Resampling(from, height, width, channels, fill).fill(to, places);
  }

  /**
   * Resamples by the nearest pixel.
   *
   * @param from {@code [height, width]} row by row
   * @param to receives the new values; must be another array
   * @param fill whether the mask continues outside the image, as the image does
   * @param outside otherwise the value for positions outside
   */
  static void nearest(
      float[] from, float[] to, int height, int width, Affine places, Fill fill, float outside) {
    double centerX = (width - 1) / 2.0;
    double centerY = (height - 1) / 2.0;
    int at = 0;
    for (int row = 0; row < height; row++) {
      double y = row - centerY;
      for (int column = 0; column < width; column++) {
        double x = column - centerX;
        long left = Math.round(places.mapX(x, y) + centerX);
        long top = Math.round(places.mapY(x, y) + centerY);
        boolean inside = top >= 0 && top < height && left >= 0 && left < width;
        if (inside || fill.extendsImage()) {
          int fromRow = within(top, height, fill.kind());
          to[at++] = from[fromRow * width + within(left, width, fill.kind())];
        } else {
          to[at++] = outside;
        }
      }
    }
  }

  /** Returns the pixel of a row or column that continues it outside the image. */
  private static int within(long index, int size, Fill.Kind kind) {
    if (kind == Fill.Kind.REFLECT) {
      int inPeriod = Math.floorMod(index, 2 * size);
      return Math.min(inPeriod, 2 * size - 1 - inPeriod);
    }
    return (int) Math.max(0, Math.min(index, size - 1));
  }

  private void fill(float[] to, Affine places) {
    double centerX = (width - 1) / 2.0;
    double centerY = (height - 1) / 2.0;
    int at = 0;
    for (int row = 0; row < height; row++) {
      double y = row - centerY;
      for (int column = 0; column < width; column++) {
        double x = column - centerX;
        double fromX = places.mapX(x, y) + centerX;
        double fromY = places.mapY(x, y) + centerY;
        if (fromX >= 0 && fromX < width - 1 && fromY >= 0 && fromY < height - 1) {
          inside(fromX, fromY, to, at);
        } else {
          atTheEdge(fromX, fromY, to, at);
        }
        at += channels;
      }
    }
  }

  /** The fast case, in which all four pixels are inside the image. */
  private void inside(double x, double y, float[] to, int at) {
    int left = (int) x;
    int top = (int) y;
    double right = x - left;
    double bottom = y - top;
    int above = (top * width + left) * channels;
    int below = above + width * channels;
    for (int channel = 0; channel < channels; channel++, above++, below++) {
      double upper = (1 - right) * from[above] + right * from[above + channels];
      double lower = (1 - right) * from[below] + right * from[below + channels];
      to[at + channel] = (float) ((1 - bottom) * upper + bottom * lower);
    }
  }

  private void atTheEdge(double x, double y, float[] to, int at) {
    boolean near = x > -1 && x < width && y > -1 && y < height;
    if (!near && !fill.extendsImage()) {
      System.arraycopy(outside, 0, to, at, channels);
      return;
    }
    long left = (long) Math.floor(x);
    long top = (long) Math.floor(y);
    double right = x - left;
    double bottom = y - top;
    for (int channel = 0; channel < channels; channel++) {
      double value = 0;
      value += (1 - right) * (1 - bottom) * pixel(top, left, channel);
      value += right * (1 - bottom) * pixel(top, left + 1, channel);
      value += (1 - right) * bottom * pixel(top + 1, left, channel);
      value += right * bottom * pixel(top + 1, left + 1, channel);
      to[at + channel] = (float) value;
    }
  }

  private float pixel(long row, long column, int channel) {
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    if (!inside && !fill.extendsImage()) {
      return outside[channel];
    }
    int fromRow = within(row, height, fill.kind());
    return from[(fromRow * width + within(column, width, fill.kind())) * channels + channel];
  }
}
