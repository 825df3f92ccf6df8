package io.github.convnet4j.picture;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import java.util.Locale;

/**
 * The range of values that a viewer spreads over its grays: a center and a width, in the units of
 * {@link DicomSlice#values}, which are Hounsfield units for computed tomography.
 *
 * @param center the value that becomes the middle gray
 * @param width the range from black to white
 * @param function how values in the range become grays (DICOM PS3.3, C.11.2.1)
 */
public record DicomWindow(double center, double width, Function function) {
  private static final int WHITE = 255;

  /** How values in a window become grays. */
  public enum Function {
    /** In proportion, where the width counts the values of integers: 256 of 0 to 255. */
    LINEAR,
    /** In proportion, where the width is the distance from black to white. */
    LINEAR_EXACT,
    /** An S-shaped curve. */
    SIGMOID
  }

  /** Checks the numbers. */
  public DicomWindow {
    Require.finite("center", center);
    requireNonNull(function, "function");
    if (function == Function.LINEAR && !(width >= 1 && Double.isFinite(width))) {
      throw new IllegalArgumentException("width must be a finite number of at least 1: " + width);
    }
    Require.positive("width", width);
  }

  /** Returns a {@link Function#LINEAR} window: {@code DicomWindow.of(40, 400)} for the abdomen. */
  public static DicomWindow of(double center, double width) {
    return new DicomWindow(center, width, Function.LINEAR);
  }

  /** Returns the window from black at {@code low} to white at {@code high}. */
  public static DicomWindow between(double low, double high) {
    Require.finite("low", low);
    if (!(high > low && Double.isFinite(high))) {
      throw new IllegalArgumentException("high must be above low, %s: %s".formatted(low, high));
    }
    return new DicomWindow(low / 2 + high / 2, high - low, Function.LINEAR_EXACT);
  }

  /** Returns the gray of a value, from 0 (black) to 255 (white). */
  public int grey(double value) {
    double share =
        switch (function) {
          case LINEAR ->
              width == 1
                  ? (value > center - 0.5 ? 1 : 0)
                  : (value - (center - 0.5)) / (width - 1) + 0.5;
          case LINEAR_EXACT -> (value - center) / width + 0.5;
          case SIGMOID -> 1 / (1 + Math.exp(-4 * (value - center) / width));
        };
    return (int) Math.round(WHITE * Math.min(1, Math.max(0, share)));
  }

  /** Returns center and width: {@code 40:400}. */
  @Override
  public String toString() {
    return number(center) + ":" + number(width);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
