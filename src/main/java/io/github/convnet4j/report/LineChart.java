package io.github.convnet4j.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Numbers by epoch, as lines. */
final class LineChart {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 290;
  private static final int LEFT = 58;
  private static final int RIGHT = 16;
  private static final int TOP = 34;
  private static final int BOTTOM = 46;
  private static final int TICKS = 5;
  private static final int MOST_MARKERS = 40;

  private LineChart() {}

  /**
   * One line.
   *
   * @param name as shown in the legend
   * @param colour a color in CSS
   * @param dashed in addition to the color, for readers who cannot tell colors apart
   * @param values one for each epoch; the line has a gap where one is not finite
   */
  record Line(String name, String colour, boolean dashed, List<Double> values) {
    Line {
      values = List.copyOf(values);
    }
  }

  /**
   * Draws the lines.
   *
   * @param label what the chart shows, for screen readers
   * @param epochs the epochs' numbers, at least one
   * @param lines at least one
   * @param anchors numbers that the axis includes in any case
   */
  static String svg(String label, List<Integer> epochs, List<Line> lines, double... anchors) {
    Drawing drawing = new Drawing(WIDTH, HEIGHT, label);
    double[] range = range(lines, anchors);
    Axis up = Axis.rounded(range[0], range[1], TICKS, HEIGHT - BOTTOM, TOP);
    Axis across =
        Axis.whole(epochs.get(0), epochs.get(epochs.size() - 1), 8, LEFT + 8, WIDTH - RIGHT - 8);
    drawing.up(up, LEFT, WIDTH - RIGHT);
    drawing.across(across, HEIGHT - BOTTOM, "epoch");
    double x = LEFT;
    for (Line line : lines) {
      draw(drawing, line, epochs, across, up);
      x = legend(drawing, line, x);
    }
    return drawing.svg();
  }

  private static double[] range(List<Line> lines, double... anchors) {
    double[] finite =
        DoubleStream.concat(
                DoubleStream.of(anchors), lines.stream().flatMapToDouble(LineChart::finite))
            .toArray();
    return new double[] {
      DoubleStream.of(finite).min().orElse(0), DoubleStream.of(finite).max().orElse(0)
    };
  }

  private static DoubleStream finite(Line line) {
    return line.values().stream().mapToDouble(value -> value).filter(Double::isFinite);
  }

  private static void draw(Drawing drawing, Line line, List<Integer> epochs, Axis across, Axis up) {
    StringBuilder path = new StringBuilder();
    StringBuilder markers = new StringBuilder();
    boolean down = false;
    for (int i = 0; i < epochs.size(); i++) {
      double value = line.values().get(i);
      if (!Double.isFinite(value)) {
        down = false;
        continue;
      }
      double x = across.place(epochs.get(i));
      double y = up.place(value);
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", down ? "L" : "M", x, y));
      markers.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s, epoch %d: %.4f</title></circle>",
              x,
              y,
              Html.text(line.name()),
              epochs.get(i),
              value));
      down = true;
    }
    drawing.add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\"%s/>",
        path, line.colour(), dashes(line));
    if (epochs.size() <= MOST_MARKERS) {
      drawing.add("<g fill=\"%s\">%s</g>", line.colour(), markers);
    }
  }

  private static String dashes(Line line) {
    return line.dashed() ? " stroke-dasharray=\"6 4\"" : "";
  }

  private static double legend(Drawing drawing, Line line, double x) {
    drawing.add(
        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"14\" y2=\"14\" stroke=\"%s\" stroke-width=\"2.2\"%s/>",
        x, x + 26, line.colour(), dashes(line));
    drawing.text(x + 32, 18.5, "start", line.name());
    return x + 50 + 7.2 * line.name().length();
  }
}
