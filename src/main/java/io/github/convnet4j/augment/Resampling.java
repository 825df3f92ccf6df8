package io.github.convnet4j.augment;

/** Draws an image anew from its pixels' places in another one. */
final class Resampling {
  private Resampling() {}

  /**
   * By bilinear interpolation: the value at a place is that of the four pixels around it, each
   * weighted by how near it is. Pixels outside of the image are 0.
   *
   * @param from {@code [height, width, channels]} row by row
   * @param to takes the new image; not the same array
   */
  static void bilinear(
      float[] from, float[] to, int height, int width, int channels, Affine places) {
    double centreX = (width - 1) / 2.0;
    double centreY = (height - 1) / 2.0;
    int at = 0;
    for (int row = 0; row < height; row++) {
      double y = row - centreY;
      for (int column = 0; column < width; column++) {
        double x = column - centreX;
        double fromX = places.xx() * x + places.xy() * y + places.dx() + centreX;
        double fromY = places.yx() * x + places.yy() * y + places.dy() + centreY;
        interpolate(from, height, width, channels, fromX, fromY, to, at);
        at += channels;
      }
    }
  }

  private static void interpolate(
      float[] from, int height, int width, int channels, double x, double y, float[] to, int at) {
    boolean near = x > -1 && x < width && y > -1 && y < height;
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = x - left;
    double bottom = y - top;
    for (int channel = 0; channel < channels; channel++) {
      double value = 0;
      if (near) {
        int pixel = (top * width + left) * channels + channel;
        if (top >= 0) {
          double above = row(from, pixel, left, width, channels, right);
          value += (1 - bottom) * above;
        }
        if (top + 1 < height) {
          double below = row(from, pixel + width * channels, left, width, channels, right);
          value += bottom * below;
        }
      }
      to[at + channel] = (float) value;
    }
  }

  /** Between a pixel in column {@code left} and its right neighbour. */
  private static double row(
      float[] from, int pixel, int left, int width, int channels, double right) {
    double value = 0;
    if (left >= 0) {
      value += (1 - right) * from[pixel];
    }
    if (left + 1 < width) {
      value += right * from[pixel + channels];
    }
    return value;
  }
}
