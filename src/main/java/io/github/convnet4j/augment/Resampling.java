package io.github.convnet4j.augment;

/** Computes an image from positions in another one. */
final class Resampling {
  private final float[] from;
  private final int height;
  private final int width;
  private final int channels;

  private Resampling(float[] from, int height, int width, int channels) {
    this.from = from;
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /**
   * Resamples by bilinear interpolation: each value is a mean of the four pixels around the
   * position, weighted by how close they are. Pixels outside the image are 0.
   *
   * @param from {@code [height, width, channels]} row by row
   * @param to receives the new image; must be another array
   */
  static void bilinear(
      float[] from, float[] to, int height, int width, int channels, Affine places) {
    new Resampling(from, height, width, channels).fill(to, places);
  }

  /**
   * Resamples by the nearest pixel.
   *
   * @param from {@code [height, width]} row by row
   * @param to receives the new values; must be another array
   * @param outside the value for positions outside the image
   */
  static void nearest(
      float[] from, float[] to, int height, int width, float outside, Affine places) {
    double centerX = (width - 1) / 2.0;
    double centerY = (height - 1) / 2.0;
    int at = 0;
    for (int row = 0; row < height; row++) {
      double y = row - centerY;
      for (int column = 0; column < width; column++) {
        double x = column - centerX;
        long left = Math.round(places.xx() * x + places.xy() * y + places.dx() + centerX);
        long top = Math.round(places.yx() * x + places.yy() * y + places.dy() + centerY);
        boolean inside = top >= 0 && top < height && left >= 0 && left < width;
        to[at++] = inside ? from[(int) (top * width + left)] : outside;
      }
    }
  }

  private void fill(float[] to, Affine places) {
    double centerX = (width - 1) / 2.0;
    double centerY = (height - 1) / 2.0;
    int at = 0;
    for (int row = 0; row < height; row++) {
      double y = row - centerY;
      for (int column = 0; column < width; column++) {
        double x = column - centerX;
        double fromX = places.xx() * x + places.xy() * y + places.dx() + centerX;
        double fromY = places.yx() * x + places.yy() * y + places.dy() + centerY;
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
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = x - left;
    double bottom = y - top;
    for (int channel = 0; channel < channels; channel++) {
      double value = 0;
      if (near) {
        value += (1 - right) * (1 - bottom) * pixel(top, left, channel);
        value += right * (1 - bottom) * pixel(top, left + 1, channel);
        value += (1 - right) * bottom * pixel(top + 1, left, channel);
        value += right * bottom * pixel(top + 1, left + 1, channel);
      }
      to[at + channel] = (float) value;
    }
  }

  private float pixel(int row, int column, int channel) {
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? from[(row * width + column) * channels + channel] : 0;
  }
}
