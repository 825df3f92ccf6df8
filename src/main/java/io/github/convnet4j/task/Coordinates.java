package io.github.convnet4j.task;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Targets that are points or boxes in the image, so that augmentation can move them with it. All
 * coordinates refer to the image that the network gets: if pictures are scaled when they are read,
 * use {@link Unit#FRACTIONS}, since pixels of the original would be wrong.
 *
 * <p>A moved box is the smallest upright box around its four moved corners, as far as it lies in
 * the image; a box that leaves the image has no area. A moved point may lie outside the image.
 *
 * @param form what the numbers mean
 * @param unit what the numbers count
 * @param columns the numbers of the targets, from 0: two for each point, four for each box; empty
 *     for all targets in their order
 */
public record Coordinates(Form form, Unit unit, List<Integer> columns) {
  /** What the numbers of a point or a box mean. {@code y} points down. */
  public enum Form {
    /** Points: {@code x, y}. */
    POINT(2),
    /** Boxes: {@code left, top, right, bottom}, also known as {@code x1, y1, x2, y2}. */
    CORNERS(4),
    /** Boxes: {@code left, top, width, height}, as in COCO's files. */
    CORNER_AND_SIZE(4),
    /** Boxes: {@code center x, center y, width, height}, as in YOLO's files. */
    CENTER_AND_SIZE(4);

    private final int numbers;

    Form(int numbers) {
      this.numbers = numbers;
    }
  }

  /** What coordinates count. */
  public enum Unit {
    /**
     * Pixels. As usual, a point is named by the pixel that it is in, so that {@code (0, 0)} is the
     * center of the first pixel, but a box by its edges: the box of the whole image is {@code (0,
     * 0, width, height)}.
     */
    PIXELS,
    /** Fractions of the image's width and height: {@code (0, 0)} is its corner at the top left. */
    FRACTIONS
  }

  /**
   * A position in an image, in pixels.
   *
   * @param x how far it is to the right of the image's center
   * @param y how far it is below the image's center
   */
  public record Point(double x, double y) {}

  /** Checks that the columns are different, and as many as points or boxes need. */
  public Coordinates {
    requireNonNull(form, "form");
    requireNonNull(unit, "unit");
    columns = List.copyOf(columns);
    columns.forEach(column -> Require.atLeast("columns", column, 0));
    checkCount(form, columns.size());
    if (new HashSet<>(columns).size() < columns.size()) {
      throw new IllegalArgumentException("columns must all be different: " + columns);
    }
  }

  private static void checkCount(Form form, long targets) {
    if (targets % form.numbers != 0) {
      throw new IllegalArgumentException(
          "%s need %d targets each (form %s): there are %d"
              .formatted(form == Form.POINT ? "points" : "boxes", form.numbers, form, targets));
    }
  }

  /**
   * Checks that there are such targets.
   *
   * @param targets how many there are
   */
  void check(long targets) {
    checkCount(form, columns.isEmpty() ? targets : columns.size());
    for (int column : columns) {
      if (column >= targets) {
        throw new IllegalArgumentException(
            "columns must be below %d, the number of targets: %s".formatted(targets, columns));
      }
    }
  }

  /** Returns the columns of one number after the other. */
  int[] columnsOf(int targets) {
    return columns.isEmpty()
        ? IntStream.range(0, targets).toArray()
        : columns.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Checks that no box is turned inside out.
   *
   * @param values an array that contains the targets of an example
   * @param from where they start
   * @param targets how many there are
   * @throws IllegalArgumentException if one is
   */
  void checkValues(float[] values, int from, int targets) {
    int[] all = columnsOf(targets);
    for (int i = 0; form != Form.POINT && i < all.length; i += form.numbers) {
      for (int side = i; side < i + 2; side++) {
        float start = form == Form.CORNERS ? values[from + all[side]] : 0;
        float end = values[from + all[side + 2]];
        if (end < start) {
          throw new IllegalArgumentException(
              "a box must not end before it starts (%s): target %d is %s, and target %d is %s"
                  .formatted(form, all[side], values[from + all[side]], all[side + 2], end));
        }
      }
    }
  }

  /**
   * Moves the points or boxes of an example.
   *
   * @param values an array that contains the targets of the example; changed
   * @param from where they start
   * @param targets how many there are
   * @param height rows of the image
   * @param width columns of the image
   * @param movement where a position goes
   */
  public void move(
      float[] values, int from, int targets, int height, int width, UnaryOperator<Point> movement) {
    int[] all = columnsOf(targets);
    for (int i = 0; i < all.length; i += form.numbers) {
      double[] numbers = new double[form.numbers];
      for (int j = 0; j < numbers.length; j++) {
        numbers[j] = values[from + all[i + j]];
      }
      double[] moved =
          form == Form.POINT
              ? movedPoint(numbers, height, width, movement)
              : movedBox(numbers, height, width, movement);
      for (int j = 0; j < numbers.length; j++) {
        values[from + all[i + j]] = (float) moved[j];
      }
    }
  }

  private double[] movedPoint(
      double[] point, int height, int width, UnaryOperator<Point> movement) {
    boolean pixels = unit == Unit.PIXELS;
    double scaleX = pixels ? 1 : width;
    double scaleY = pixels ? 1 : height;
    double centerX = pixels ? (width - 1) / 2.0 : width / 2.0;
    double centerY = pixels ? (height - 1) / 2.0 : height / 2.0;
    Point moved =
        movement.apply(new Point(point[0] * scaleX - centerX, point[1] * scaleY - centerY));
    return new double[] {(moved.x + centerX) / scaleX, (moved.y + centerY) / scaleY};
  }

  private double[] movedBox(double[] box, int height, int width, UnaryOperator<Point> movement) {
    double scaleX = unit == Unit.PIXELS ? 1 : width;
    double scaleY = unit == Unit.PIXELS ? 1 : height;
    double centerX = width / 2.0;
    double centerY = height / 2.0;
    double[] corners = corners(box);
    double left = centerX;
    double top = centerY;
    double right = -centerX;
    double bottom = -centerY;
    for (double x : new double[] {corners[0], corners[2]}) {
      for (double y : new double[] {corners[1], corners[3]}) {
        Point moved = movement.apply(new Point(x * scaleX - centerX, y * scaleY - centerY));
        double inX = Math.max(-centerX, Math.min(moved.x, centerX));
        double inY = Math.max(-centerY, Math.min(moved.y, centerY));
        left = Math.min(left, inX);
        top = Math.min(top, inY);
        right = Math.max(right, inX);
        bottom = Math.max(bottom, inY);
      }
    }
    return fromCorners(
        (left + centerX) / scaleX,
        (top + centerY) / scaleY,
        (right + centerX) / scaleX,
        (bottom + centerY) / scaleY);
  }

  private double[] corners(double[] box) {
    return switch (form) {
      case POINT, CORNERS -> box;
      case CORNER_AND_SIZE -> new double[] {box[0], box[1], box[0] + box[2], box[1] + box[3]};
      case CENTER_AND_SIZE ->
          new double[] {
            box[0] - box[2] / 2, box[1] - box[3] / 2, box[0] + box[2] / 2, box[1] + box[3] / 2
          };
    };
  }

  private double[] fromCorners(double left, double top, double right, double bottom) {
    return switch (form) {
      case POINT, CORNERS -> new double[] {left, top, right, bottom};
      case CORNER_AND_SIZE -> new double[] {left, top, right - left, bottom - top};
      case CENTER_AND_SIZE ->
          new double[] {(left + right) / 2, (top + bottom) / 2, right - left, bottom - top};
    };
  }
}
