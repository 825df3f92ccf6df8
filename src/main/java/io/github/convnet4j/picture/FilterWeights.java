package io.github.convnet4j.picture;

import io.github.convnet4j.picture.PictureFormat.Interpolation;

/**
 * How each pixel along one side of a new picture is a weighted mean of old pixels.
 *
 * <p>Pixels are squares and their values belong to their centers. When the picture shrinks and is
 * smoothed, the filter grows as much as the picture shrinks. At the edges of the frame, the weights
 * inside it are rescaled to sum to 1.
 */
final class FilterWeights {
  /** The first old pixel inside the picture that a new one is computed from. */
  final int[] first;

  /** The weights of that old pixel and those that follow it. */
  final float[][] inside;

  /** The sum of the weights of pixels outside the picture. */
  final float[] outside;

  private FilterWeights(int to) {
    first = new int[to];
    inside = new float[to][];
    outside = new float[to];
  }

  /**
   * Computes the weights for one side.
   *
   * @param length of the picture
   * @param start of the frame, relative to the picture
   * @param from length of the frame
   * @param to length of the new picture
   */
  static FilterWeights of(
      int length, int start, int from, int to, Interpolation interpolation, boolean antialias) {
    FilterWeights weights = new FilterWeights(to);
    double scale = (double) from / to;
    boolean area = interpolation == Interpolation.AREA;
    double stretch = antialias || area ? Math.max(1, scale) : 1;
    double radius = area ? (scale + 1) / 2 : radius(interpolation) * stretch;
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int low = Math.max(0, (int) Math.ceil(centre - radius - 0.5));
      int high = Math.min(from - 1, (int) Math.floor(centre + radius - 0.5));
      int inLow = Math.max(low, -start);
      int inHigh = Math.min(high, length - 1 - start);
      double[] inside = new double[Math.max(0, inHigh - inLow + 1)];
      double sum = 0;
      double sumInside = 0;
      for (int j = low; j <= high; j++) {
        double distance = Math.abs(j + 0.5 - centre);
        double weight = area ? overlap(distance, scale) : kernel(interpolation, distance / stretch);
        sum += weight;
        if (j >= inLow && j <= inHigh) {
          inside[j - inLow] = weight;
          sumInside += weight;
        }
      }
      weights.first[i] = start + inLow;
      weights.inside[i] = new float[inside.length];
      for (int j = 0; j < inside.length; j++) {
        weights.inside[i][j] = (float) (inside[j] / sum);
      }
      weights.outside[i] = inside.length == high - low + 1 ? 0 : (float) (1 - sumInside / sum);
    }
    return weights;
  }

  /** Returns the length that a pixel shares with an area around another center. */
  private static double overlap(double distance, double length) {
    return Math.max(0, Math.min(Math.min(1, length), (1 + length) / 2 - distance));
  }

  private static double radius(Interpolation interpolation) {
    return switch (interpolation) {
      case NEAREST, AREA -> throw new IllegalArgumentException("no kernel: " + interpolation);
      case BILINEAR -> 1;
      case BICUBIC -> 2;
      case LANCZOS3 -> 3;
    };
  }

  private static double kernel(Interpolation interpolation, double x) {
    return switch (interpolation) {
      case NEAREST, AREA -> throw new IllegalArgumentException("no kernel: " + interpolation);
      case BILINEAR -> Math.max(0, 1 - x);
      case BICUBIC -> cubic(x);
      case LANCZOS3 -> lanczos(x);
    };
  }

  private static double cubic(double x) {
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }

  private static double lanczos(double x) {
    if (x < 1e-3) {
      return 1;
    }
    double angle = Math.PI * x;
    return x < 3 ? 3 * Math.sin(angle) * Math.sin(angle / 3) / (angle * angle) : 0;
  }
}
