package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;

/**
 * Where each pixel of the new image is read in the old one: the pixel {@code (x, y)} at {@code (xx
 * x + xy y + dx, yx x + yy y + dy)}. Both are counted in pixels from the centre of the image,
 * {@code x} to the right and {@code y} down.
 *
 * <p>This is the inverse of the movement that one sees: an image that moves to the right is read
 * further to the left.
 *
 * @param dx to the right of where it would be read else
 * @param dy below of where it would be read else
 */
public record Affine(double xx, double xy, double yx, double yy, double dx, double dy) {
  /** Reads every pixel where it is. */
  public static final Affine IDENTITY = new Affine(1, 0, 0, 1, 0, 0);

  public Affine {
    Require.finite("xx", xx);
    Require.finite("xy", xy);
    Require.finite("yx", yx);
    Require.finite("yy", yy);
    Require.finite("dx", dx);
    Require.finite("dy", dy);
  }

  /** Without a displacement: the centre stays. */
  static Affine linear(double xx, double xy, double yx, double yy) {
    return new Affine(xx, xy, yx, yy, 0, 0);
  }

  /** First the movement of this one, then that of {@code next}. */
  public Affine then(Affine next) {
    // The last movement says where the image before it is read, and so on back to the first.
    return new Affine(
        xx * next.xx + xy * next.yx,
        xx * next.xy + xy * next.yy,
        yx * next.xx + yy * next.yx,
        yx * next.xy + yy * next.yy,
        xx * next.dx + xy * next.dy + dx,
        yx * next.dx + yy * next.dy + dy);
  }

  /** Whether every pixel is read exactly where it is. */
  public boolean isIdentity() {
    return xx == 1 && xy == 0 && yx == 0 && yy == 1 && dx == 0 && dy == 0;
  }
}
