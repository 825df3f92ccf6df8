package io.github.convnet4j.report;

import java.awt.Color;
import java.util.Locale;

/**
 * Which color stands for which number, as {@code 0xRRGGBB}. They can be seen on a light and on a
 * dark page.
 */
final class Colours {
  /** A number that is not finite. */
  static final int NOT_FINITE = 0xff00ff;

  /** A pixel that belongs to no class. */
  static final int NO_CLASS = 0x808080;

  private static final int[] POSITIVE = {0x14181d, 0x8a4b12, 0xf28e2b, 0xffd27f, 0xfff8e1};
  private static final int[] NEGATIVE = {0x14181d, 0x1f4e79, 0x4e9bd4, 0xa6d3f2, 0xeaf6ff};
  private static final int[] HEAT = {0x170b3b, 0x5c1a79, 0xb8325f, 0xf0702e, 0xfbc23d, 0xfdf5b0};

  private static final int RGB = 0xffffff;

  private static final String[] CLASSES = {
    "#4e79a7", "#f28e2b", "#e15759", "#2fa3a0", "#59a14f",
    "#c9a227", "#b07aa1", "#e377a2", "#9c755f", "#8a8f98"
  };

  /** In degrees. Turning the color wheel by it keeps neighbors distinct, however many there are. */
  private static final double GOLDEN_ANGLE = 137.508;

  /** Saturation and lightness of the colors in the color wheel. */
  private static final float SATURATION = 0.55f;

  private static final float LIGHTNESS = 0.52f;

  private Colours() {}

  /**
   * Returns dark for 0, through orange to pale for {@code largest}, through blue to pale for its
   * negative.
   */
  static int signed(float value, float largest) {
    if (!Float.isFinite(value)) {
      return NOT_FINITE;
    }
    return between(value < 0 ? NEGATIVE : POSITIVE, largest == 0 ? 0 : Math.abs(value) / largest);
  }

  /** Returns violet for 0, through red and orange to pale yellow for 1. */
  static int heat(float share) {
    return between(HEAT, share);
  }

  /** Returns a color part of the way from one to another. */
  static int mix(int from, int to, float part) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = from >> shift & 0xff;
      int b = to >> shift & 0xff;
      mixed |= Math.round(a + (b - a) * part) << shift;
    }
    return mixed;
  }

  private static int between(int[] anchors, float share) {
    float place = Math.min(Math.max(share, 0), 1) * (anchors.length - 1);
    int low = Math.min((int) place, anchors.length - 2);
    return mix(anchors[low], anchors[low + 1], place - low);
  }

  /** Returns a class's color in CSS. */
  static String ofClass(int classIndex, int classes) {
    return classes <= CLASSES.length
        ? CLASSES[classIndex]
        : String.format(
            Locale.ROOT,
            "hsl(%d %.0f%% %.0f%%)",
            Math.round(degrees(classIndex)),
            100 * SATURATION,
            100 * LIGHTNESS);
  }

  /** Returns a class's color, {@code 0xRRGGBB}. */
  static int rgbOfClass(int classIndex, int classes) {
    if (classes <= CLASSES.length) {
      return Integer.parseInt(CLASSES[classIndex].substring(1), 16);
    }
    // From lightness to brightness, which is the color's largest part.
    float brightness = LIGHTNESS + SATURATION * Math.min(LIGHTNESS, 1 - LIGHTNESS);
    return RGB
        & Color.HSBtoRGB(
            (float) degrees(classIndex) / 360, 2 * (1 - LIGHTNESS / brightness), brightness);
  }

  private static double degrees(int classIndex) {
    return classIndex * GOLDEN_ANGLE % 360;
  }
}
