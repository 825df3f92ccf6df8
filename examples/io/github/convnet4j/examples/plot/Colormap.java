package io.github.convnet4j.examples.plot;

import java.util.Optional;

/**
 * Maps values to colors, which are those of matplotlib 3.11, byte for byte. A map of grays has 256
 * colors, interpolated between a few given ones. The colors span the range of the values that are
 * drawn, unless {@link #range} sets another one.
 */
public final class Colormap {
  /** Black for the lowest value, white for the highest. */
  public static final Colormap GRAY = grays(0, 255);

  /** White for the lowest value, black for the highest: the nine grays of ColorBrewer. */
  public static final Colormap GREYS = grays(255, 240, 217, 189, 150, 115, 82, 37, 0);

  /** Ten colors that are easy to tell apart, for the numbers of classes: {@code range(0, 9)}. */
  public static final Colormap TAB10 =
      new Colormap(
          new int[] {
            0xFF1F77B4, // blue
            0xFFFF7F0E, // orange
            0xFF2CA02C, // green
            0xFFD62728, // red
            0xFF9467BD, // purple
            0xFF8C564B, // brown
            0xFFE377C2, // pink
            0xFF7F7F7F, // gray
            0xFFBCBD22, // olive
            0xFF17BECF, // cyan
          },
          Optional.empty());

  /** The color of NaN and the infinities: fully transparent. */
  static final int BAD = 0;

  private static final int SIZE = 256;
  private static final int OPAQUE = 0xFF000000;

  private final int[] colors;
  private final Optional<Range> range;

  private record Range(float low, float high) {
    static Range of(float[] values) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (float value : values) {
        if (Float.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      return new Range(low, high);
    }
  }

  private Colormap(int[] colors, Optional<Range> range) {
    this.colors = colors;
    this.range = range;
  }

  private static Colormap grays(int... anchors) {
    int[] colors = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      int grey = grey(anchors, i);
      colors[i] = OPAQUE | grey << 16 | grey << 8 | grey;
    }
    return new Colormap(colors, Optional.empty());
  }

  /**
   * Returns a copy for several pictures with a common scale, like matplotlib's {@code vmin} and
   * {@code vmax}.
   *
   * @param low this value and all below it get the first color
   * @param high this value and all above it get the last color
   * @throws IllegalArgumentException if they are not finite, or low is not below high
   */
  public Colormap range(float low, float high) {
    if (!(low < high && Float.isFinite(low) && Float.isFinite(high))) {
      throw new IllegalArgumentException(
          "low must be below high, and both finite: " + low + ", " + high);
    }
    return new Colormap(colors, Optional.of(new Range(low, high)));
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

  /** Returns one of the colors as 0xAARRGGBB. */
  int color(int step) {
    return colors[step];
  }

  /**
   * Returns the colors of the values as 0xAARRGGBB. If all are equal, and there is no {@link
   * #range}, they get the first color.
   */
  int[] colors(float[] values) {
    Range span = range.orElseGet(() -> Range.of(values));
    int[] result = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] =
          Float.isFinite(values[i]) ? colors[step(values[i], span.low(), span.high())] : BAD;
    }
    return result;
  }

  private int step(float value, float low, float high) {
    if (low == high) {
      return 0;
    }
    float span = (float) ((double) high - low);
    // In float, as matplotlib computes for a float32 image, unless the span overflows a float.
    float part =
        Float.isFinite(span)
            ? (value - low) / span
            : (float) (((double) value - low) / ((double) high - low));
    return Math.max(0, Math.min((int) (part * colors.length), colors.length - 1));
  }
}
