package io.github.convnet4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Predicted numbers against their targets, as points around the diagonal. */
final class PredictionChart {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 440;
  private static final int LEFT = 58;
  private static final int RIGHT = 16;
  private static final int TOP = 34;
  private static final int BOTTOM = 46;
  private static final int TICKS = 6;

  /** More points than this would make the page slow. */
  private static final int MOST_POINTS = 1_000;

  private PredictionChart() {}

  private record Point(float target, float prediction) {}

  static String svg(String name, float[] targets, float[] predictions, String colour) {
    List<Point> points = points(targets, predictions);
    Drawing drawing =
        new Drawing(
            WIDTH,
            HEIGHT,
            String.format(
                Locale.ROOT,
                "%s: predictions of %d examples against their targets",
                name,
                points.size()));
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Point point : points) {
      low = Math.min(low, Math.min(point.target, point.prediction));
      high = Math.max(high, Math.max(point.target, point.prediction));
    }
    if (points.isEmpty()) {
      low = 0;
      high = 1;
    }
    double margin = (high - low) * 0.03;
    Axis across = Axis.exact(low - margin, high + margin, TICKS, LEFT, WIDTH - RIGHT);
    Axis up = Axis.exact(low - margin, high + margin, TICKS, HEIGHT - BOTTOM, TOP);
    drawing.up(up, LEFT, WIDTH - RIGHT);
    drawing.across(across, HEIGHT - BOTTOM, "target: " + name);
    drawing.text(LEFT, 18, "start", "predicted");
    drawing.add(
        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\""
            + " stroke-opacity=\"0.6\" stroke-dasharray=\"6 4\"/>",
        across.place(across.low()),
        across.place(across.high()),
        up.place(up.low()),
        up.place(up.high()));
    StringBuilder circles = new StringBuilder();
    for (Point point : points) {
      circles.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>target %s, predicted"
                  + " %s</title></circle>",
              across.place(point.target),
              up.place(point.prediction),
              Html.significant(point.target),
              Html.significant(point.prediction)));
    }
    drawing.add("<g fill=\"%s\" fill-opacity=\"0.55\">%s</g>", colour, circles);
    return drawing.svg();
  }

  /** Returns evenly spaced points. */
  private static List<Point> points(float[] targets, float[] predictions) {
    int n = Math.min(targets.length, MOST_POINTS);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int index = (int) ((long) i * targets.length / n);
      if (Float.isFinite(targets[index]) && Float.isFinite(predictions[index])) {
        points.add(new Point(targets[index], predictions[index]));
      }
    }
    return points;
  }
}
