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
    if (places.xy() == 0 && places.yx() == 0) {
      new Upright(places).fill(to);
      return;
    }
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

  /**
   * Resamples without rotation and shear, with the same results in a fraction of the time: all rows
   * are read at the same columns, and a row that is read for two new rows is interpolated once.
   */
  private final class Upright {
    private final double[] x = new double[width];
    private final double[] y = new double[height];

    /** The new columns that are between two columns of the image. */
    private final int first;

    private final int end;

    /** Two neighboring rows at the new columns, {@code [width, channels]}. */
    private double[] upper = new double[width * channels];

    private double[] lower = new double[width * channels];
    private int upperRow = -1;
    private int lowerRow = -1;

    Upright(Affine places) {
      double centerX = (width - 1) / 2.0;
      double centerY = (height - 1) / 2.0;
      for (int column = 0; column < width; column++) {
        x[column] = places.mapX(column - centerX, 0) + centerX;
      }
      for (int row = 0; row < height; row++) {
        y[row] = places.mapY(0, row - centerY) + centerY;
      }
      int from = 0;
      while (from < width && !isBetweenColumns(x[from])) {
        from++;
      }
      int to = from;
      while (to < width && isBetweenColumns(x[to])) {
        to++;
      }
      first = from;
      end = to;
    }

    private boolean isBetweenColumns(double position) {
      return position >= 0 && position < width - 1;
    }

    void fill(float[] to) {
      for (int row = 0; row < height; row++) {
        int at = row * width * channels;
        boolean inside = y[row] >= 0 && y[row] < height - 1;
        if (inside) {
          between(y[row], to, at);
        }
        for (int column = 0; column < width; column++) {
          if (!inside || column < first || column >= end) {
            atTheEdge(x[column], y[row], to, at + column * channels);
          }
        }
      }
    }

    /** Computes the columns of a row for which all four pixels are inside the image. */
    private void between(double position, float[] to, int at) {
      int top = (int) position;
      double bottom = position - top;
      if (upperRow == top + 1 || lowerRow == top) {
        double[] rows = upper;
        upper = lower;
        lower = rows;
        int row = upperRow;
        upperRow = lowerRow;
        lowerRow = row;
      }
      if (upperRow != top) {
        interpolate(top, upper);
        upperRow = top;
      }
      if (lowerRow != top + 1) {
        interpolate(top + 1, lower);
        lowerRow = top + 1;
      }
      for (int i = first * channels; i < end * channels; i++) {
        to[at + i] = (float) ((1 - bottom) * upper[i] + bottom * lower[i]);
      }
    }

    private void interpolate(int row, double[] to) {
      int next = first * channels;
      for (int column = first; column < end; column++) {
        int left = (int) x[column];
        double right = x[column] - left;
        int at = (row * width + left) * channels;
        for (int channel = 0; channel < channels; channel++, at++) {
          to[next++] = (1 - right) * from[at] + right * from[at + channels];
        }
      }
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
