package io.github.convnet4j.report;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A chart in SVG. It takes the color of the text around it, and is also complete as a file of its
 * own.
 */
final class Drawing {
  private final StringBuilder svg = new StringBuilder();
  private final int width;
  private final int height;

  /**
   * Creates an empty drawing.
   *
   * @param label what it shows, for screen readers
   */
  Drawing(int width, int height, String label) {
    this.width = width;
    this.height = height;
    svg.append(
        String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\"",
                width,
                height)
            + " aria-label=\"%s\" font-family=\"system-ui, sans-serif\" font-size=\"13\""
                .formatted(Html.text(label))
            + " fill=\"currentColor\">\n");
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Adds an element. */
  void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /**
   * Adds text.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  void text(double x, double y, String anchor, String text) {
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, Html.text(text));
  }

  /** Adds the grid lines and numbers of a vertical axis. */
  void up(Axis axis, double left, double right) {
    for (BigDecimal tick : axis.ticks()) {
      double y = axis.place(tick.doubleValue());
      add(
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\""
              + " stroke-opacity=\"0.16\"/>",
          left, right, y, y);
      text(left - 8, y + 4.5, "end", Axis.label(tick));
    }
  }

  /** Adds a horizontal axis with its numbers and its name. */
  void across(Axis axis, double bottom, String name) {
    for (BigDecimal tick : axis.ticks()) {
      double x = axis.place(tick.doubleValue());
      add(
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\""
              + " stroke-opacity=\"0.5\"/>",
          x, x, bottom, bottom + 5);
      text(x, bottom + 19, "middle", Axis.label(tick));
    }
    add(
        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\""
            + " stroke-opacity=\"0.5\"/>",
        axis.from(), axis.to(), bottom, bottom);
    text((axis.from() + axis.to()) / 2, bottom + 38, "middle", name);
  }

  /** Returns the whole drawing. */
  String svg() {
    return svg + "</svg>";
  }
}
