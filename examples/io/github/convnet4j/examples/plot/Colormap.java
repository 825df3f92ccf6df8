package io.github.convnet4j.examples.plot;

/**
 * Maps values to colors. Each map has 256 colors, interpolated between a few given ones. They are,
 * byte for byte, those of matplotlib 3.11.
 */
public final class Colormap {
  /** Black for the lowest value, white for the highest. */
  public static final Colormap GRAY = new Colormap(0, 255);

  /** White for the lowest value, black for the highest: the nine grays of ColorBrewer. */
  public static final Colormap GREYS = new Colormap(255, 240, 217, 189, 150, 115, 82, 37, 0);

  /** The color of NaN and the infinities: fully transparent. */
  static final int BAD = 0;

  private static final int SIZE = 256;
  private static final int OPAQUE = 0xFF000000;

  private final int[] colors = new int[SIZE];

  private Colormap(int... anchors) {
    for (int i = 0; i < SIZE; i++) {
      int grey = grey(anchors, i);
      colors[i] = OPAQUE | grey << 16 | grey << 8 | grey;
    }
  }

  /** Computes in matplotlib's order, since the result is truncated to a byte, not rounded. */
  private static int grey(int[] anchors, int i) {
    if (i == 0 || i == SIZE - 1) {
      return anchors[i == 0 ? 0 : anchors.length - 1];
    }
    double last = SIZE - 1;
    double position = i * (1 / last) * last;
    double width = 1.0 / (anchors.length - 1);
    int upper = 1;
    while (upper * width * last < position) {
      upper++;
    }
    double low = (upper - 1) * width * last;
    double high = upper * width * last;
    double from = anchors[upper - 1] / last;
    double to = anchors[upper] / last;
    return (int) (((position - low) / (high - low) * (to - from) + from) * last);
  }

  /** Returns the color of one of the 256 steps as 0xAARRGGBB. */
  int color(int step) {
    return colors[step];
  }

  /**
   * Returns the colors of the values as 0xAARRGGBB. The lowest finite value gets the first color
   * and the highest the last one. If all are equal, they get the first one.
   */
  int[] colors(float[] values) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    int[] result = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = Float.isFinite(values[i]) ? colors[step(values[i], low, high)] : BAD;
    }
    return result;
  }

  private static int step(float value, float low, float high) {
    if (low == high) {
      return 0;
    }
    float span = (float) ((double) high - low);
    // In float, as matplotlib computes for a float32 image, unless the span overflows a float.
    float part =
        Float.isFinite(span)
            ? (value - low) / span
            : (float) (((double) value - low) / ((double) high - low));
    return Math.min((int) (part * SIZE), SIZE - 1);
  }
}
