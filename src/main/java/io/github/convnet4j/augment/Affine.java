package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;

/**
 * Maps each pixel of the new image to a position in the old one: {@code (x, y)} to {@code (xx x +
 * xy y + dx, yx x + yy y + dy)}. Both are in pixels from the center of the image, {@code x} to the
 * right and {@code y} down.
 *
 * <p>This is the inverse of the visible movement: if an image moves to the right, its pixels are
 * read further to the left.
 *
 * @param dx displacement of the position to the right, in pixels
 * @param dy displacement of the position downwards, in pixels
 */
public record Affine(double xx, double xy, double yx, double yy, double dx, double dy) {
  /** Leaves every pixel where it is. */
  public static final Affine IDENTITY = new Affine(1, 0, 0, 1, 0, 0);

  public Affine {
    Require.finite("xx", xx);
    Require.finite("xy", xy);
    Require.finite("yx", yx);
    Require.finite("yy", yy);
    Require.finite("dx", dx);
    Require.finite("dy", dy);
  }

  /** Returns a map without displacement, which leaves the center where it is. */
  static Affine linear(double xx, double xy, double yx, double yy) {
    return new Affine(xx, xy, yx, yy, 0, 0);
  }

  /** Returns the combination of this movement, followed by {@code next}. */
  public Affine then(Affine next) {
    // The last movement maps to the image before it, and so on, back to the first.
    return new Affine(
        xx * next.xx + xy * next.yx,
        xx * next.xy + xy * next.yy,
        yx * next.xx + yy * next.yx,
        yx * next.xy + yy * next.yy,
        xx * next.dx + xy * next.dy + dx,
        yx * next.dx + yy * next.dy + dy);
  }

  /** Returns the horizontal position to which this maps. */
  public double mapX(double x, double y) {
    return xx * x + xy * y + dx;
  }

  /** Returns the vertical position to which this maps. */
  public double mapY(double x, double y) {
    return yx * x + yy * y + dy;
  }

  /**
   * Returns the visible movement: where a position in the old image is in the new one.
   *
   * @throws IllegalArgumentException if the map has no inverse, because it flattens the image
   */
  public Affine inverse() {
    double determinant = xx * yy - xy * yx;
    if (determinant == 0 || !Double.isFinite(1 / determinant)) {
      throw new IllegalArgumentException("the map must have an inverse: " + this);
    }
    double a = yy / determinant;
    double b = -xy / determinant;
    double c = -yx / determinant;
    double d = xx / determinant;
    return new Affine(a, b, c, d, -(a * dx + b * dy), -(c * dx + d * dy));
  }

  /** Returns whether every pixel stays exactly where it is. */
  public boolean isIdentity() {
    return xx == 1 && xy == 0 && yx == 0 && yy == 1 && dx == 0 && dy == 0;
  }
}
