package io.github.convnet4j.layer;

import io.github.convnet4j.check.Require;

/**
 * Widths along the four edges of an image, in pixels.
 *
 * @param top rows above, at least 0
 * @param bottom rows below, at least 0
 * @param left columns to the left, at least 0
 * @param right columns to the right, at least 0
 */
public record Margins(int top, int bottom, int left, int right) {
  /** Checks that none is negative. */
  public Margins {
    Require.notNegative("margins: top", (long) top);
    Require.notNegative("margins: bottom", (long) bottom);
    Require.notNegative("margins: left", (long) left);
    Require.notNegative("margins: right", (long) right);
  }

  /** Returns margins of this many rows above and below, and columns to the left and right. */
  public static Margins of(int rows, int columns) {
    return new Margins(rows, rows, columns, columns);
  }

  /** Returns a copy with this many rows above. */
  public Margins top(int newTop) {
    return new Margins(newTop, bottom, left, right);
  }

  /** Returns a copy with this many rows below. */
  public Margins bottom(int newBottom) {
    return new Margins(top, newBottom, left, right);
  }

  /** Returns a copy with this many columns to the left. */
  public Margins left(int newLeft) {
    return new Margins(top, bottom, newLeft, right);
  }

  /** Returns a copy with this many columns to the right. */
  public Margins right(int newRight) {
    return new Margins(top, bottom, left, newRight);
  }

  /** Returns the rows above and below together. */
  long rows() {
    return (long) top + bottom;
  }

  /** Returns the columns to the left and right together. */
  long columns() {
    return (long) left + right;
  }
}
