package io.github.convnet4j.report;

import io.github.convnet4j.inspect.Embeddings;
import io.github.convnet4j.inspect.PrincipalComponents;
import java.util.List;
import java.util.Locale;

/** Images as points, colored by class, with each class's name at the center of its points. */
final class ScatterChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 520;
  private static final int LEFT = 52;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 46;
  private static final int TICKS = 6;

  /** More names than this would hide the points. */
  private static final int MOST_NAMES = 30;

  private ScatterChart() {}

  static String svg(
      String label, Embeddings embeddings, PrincipalComponents plane, List<String> classNames) {
    Drawing drawing = new Drawing(WIDTH, HEIGHT, label);
    Axis across = axis(plane, 0, LEFT, WIDTH - RIGHT);
    Axis up = axis(plane, 1, HEIGHT - BOTTOM, TOP);
    drawing.up(up, LEFT, WIDTH - RIGHT);
    drawing.across(across, HEIGHT - BOTTOM, name(plane));
    int classes = classNames.size();
    for (int c = 0; c < classes; c++) {
      drawing.add(
          "<g fill=\"%s\" fill-opacity=\"0.7\">%s</g>",
          Colours.ofClass(c, classes), points(embeddings, plane, classNames, c, across, up));
    }
    if (classes <= MOST_NAMES) {
      for (int c = 0; c < classes; c++) {
        name(drawing, embeddings, plane, classNames.get(c), c, across, up);
      }
    }
    return drawing.svg();
  }

  private static String name(PrincipalComponents plane) {
    return String.format(
        Locale.ROOT,
        "first component, %.0f %% of the variance (vertical: the second, %.0f %%)",
        100 * plane.varianceShare(0),
        100 * plane.varianceShare(1));
  }

  private static Axis axis(PrincipalComponents plane, int component, double from, double to) {
    double low = 0;
    double high = 0;
    for (int row = 0; row < plane.rows(); row++) {
      low = Math.min(low, plane.score(row, component));
      high = Math.max(high, plane.score(row, component));
    }
    double margin = (high - low) * 0.03;
    return Axis.exact(low - margin, high + margin, TICKS, from, to);
  }

  private static String points(
      Embeddings embeddings,
      PrincipalComponents plane,
      List<String> classNames,
      int classIndex,
      Axis across,
      Axis up) {
    StringBuilder points = new StringBuilder();
    for (int row = 0; row < plane.rows(); row++) {
      if (embeddings.label(row) == classIndex) {
        points.append(
            String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.4\"><title>%s</title></circle>",
                across.place(plane.score(row, 0)),
                up.place(plane.score(row, 1)),
                Html.text(classNames.get(classIndex))));
      }
    }
    return points.toString();
  }

  private static void name(
      Drawing drawing,
      Embeddings embeddings,
      PrincipalComponents plane,
      String name,
      int classIndex,
      Axis across,
      Axis up) {
    double x = 0;
    double y = 0;
    int n = 0;
    for (int row = 0; row < plane.rows(); row++) {
      if (embeddings.label(row) == classIndex) {
        x += plane.score(row, 0);
        y += plane.score(row, 1);
        n++;
      }
    }
    if (n > 0) {
      // The white outline keeps the name readable among the points, on a dark page too.
      drawing.add(
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"20\" font-weight=\"700\""
              + " fill=\"#111\" stroke=\"#fff\" stroke-width=\"4\""
              + " paint-order=\"stroke\">%s</text>",
          across.place(x / n), up.place(y / n) + 7, Html.text(name));
    }
  }
}
