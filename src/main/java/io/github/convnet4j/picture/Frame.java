package io.github.convnet4j.picture;

/**
 * The part of a picture that becomes the new picture. It may extend beyond the picture's edges.
 *
 * @param top of its first row in the picture; negative if it begins above
 * @param left of its first column in the picture; negative if it begins to the left
 */
record Frame(int top, int left, int height, int width) {
  /** Returns the frame for a picture of this height and width. */
  static Frame of(PictureFormat.Fit fit, int height, int width, PictureFormat.Size to) {
    return switch (fit) {
      case STRETCH -> new Frame(0, 0, height, width);
      case CROP ->
          centered(
              height,
              width,
              Math.max(1, Math.min(height, proportional(width, to.height(), to.width()))),
              Math.max(1, Math.min(width, proportional(height, to.width(), to.height()))));
      case PAD ->
          centered(
              height,
              width,
              padded(height, proportional(width, to.height(), to.width())),
              padded(width, proportional(height, to.width(), to.height())));
      case CENTER -> centered(height, width, to.height(), to.width());
    };
  }

  private static int proportional(int length, int to, int from) {
    return (int) Math.min(Integer.MAX_VALUE, (long) length * to / from);
  }

  /** Returns a length with the same number of pixels added on both sides, as Keras does it. */
  private static int padded(int length, int wanted) {
    return length + Math.max(0, (wanted - length) / 2 * 2);
  }

  private static Frame centered(int height, int width, int frameHeight, int frameWidth) {
    return new Frame((height - frameHeight) / 2, (width - frameWidth) / 2, frameHeight, frameWidth);
  }

  PictureFormat.Size size() {
    return new PictureFormat.Size(height, width);
  }

  /** Whether the frame has this size, so that nothing is scaled. */
  boolean is(PictureFormat.Size size) {
    return height == size.height() && width == size.width();
  }

  /** Returns the picture's row that is nearest to each new row; it may lie outside the picture. */
  int[] nearestRows(int newHeight) {
    return nearest(top, height, newHeight);
  }

  /** Returns the picture's column that is nearest to each new column. */
  int[] nearestColumns(int newWidth) {
    return nearest(left, width, newWidth);
  }

  private static int[] nearest(int start, int from, int to) {
    int[] nearest = new int[to];
    for (int i = 0; i < to; i++) {
      nearest[i] = start + (int) ((2L * i + 1) * from / (2L * to));
    }
    return nearest;
  }

  /**
   * Returns the new row that each row of the picture became part of; -1 if the frame does not show
   * it.
   */
  int[] rowsOf(int pictureHeight, int newHeight) {
    return places(top, height, pictureHeight, newHeight);
  }

  /** Returns the new column that each column of the picture became part of, or -1. */
  int[] columnsOf(int pictureWidth, int newWidth) {
    return places(left, width, pictureWidth, newWidth);
  }

  private static int[] places(int start, int from, int pictureLength, int to) {
    int[] places = new int[pictureLength];
    for (int i = 0; i < pictureLength; i++) {
      long inFrame = (long) i - start;
      places[i] =
          inFrame < 0 || inFrame >= from ? -1 : (int) ((2 * inFrame + 1) * to / (2L * from));
    }
    return places;
  }
}
