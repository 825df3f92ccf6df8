package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A confusion matrix as a heat map of counts: right ones blue, the stronger the larger their share
 * of the label's images; mistakes orange, the stronger the more there are.
 */
final class ConfusionTable {
  /** A table of more classes than this nobody reads, and no browser likes. */
  static final int MOST_CLASSES = 100;

  /** So that dark text is readable on it, and on a dark page light text. */
  private static final double STRONGEST = 0.75;

  private static final double FAINTEST = 0.15;
  private static final String RIGHT = "43 108 176";
  private static final String WRONG = "217 96 26";

  private ConfusionTable() {}

  static Section section(ConfusionMatrix matrix) {
    return new Section("confusion", "Confusion matrix", html(matrix) + commonest(matrix, 5));
  }

  /** The table; of more than {@link #MOST_CLASSES} classes a sentence. */
  static String html(ConfusionMatrix matrix) {
    int classes = matrix.classes();
    if (classes > MOST_CLASSES) {
      return Html.paragraph(
          String.format(Locale.ROOT, "The matrix of %d classes is too large for a page.", classes));
    }
    long most = mistakes(matrix).stream().mapToLong(Confusion::count).max().orElse(0);
    StringBuilder html = new StringBuilder("<table class=\"confusion\">\n");
    html.append(
        "<caption>Rows: what the images are. Columns: what they were taken for.</caption>\n");
    html.append("<thead><tr><td></td>");
    matrix
        .classNames()
        .forEach(n -> html.append("<th scope=\"col\">").append(Html.text(n)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (int label = 0; label < classes; label++) {
      html.append("<tr><th scope=\"row\">")
          .append(Html.text(matrix.classNames().get(label)))
          .append("</th>");
      long total = 0;
      for (int prediction = 0; prediction < classes; prediction++) {
        total += matrix.count(label, prediction);
      }
      for (int prediction = 0; prediction < classes; prediction++) {
        long count = matrix.count(label, prediction);
        boolean right = label == prediction;
        html.append(cell(count, right ? RIGHT : WRONG, right ? total : most));
      }
      html.append("</tr>\n");
    }
    return Html.scrolling("Confusion matrix", html.append("</tbody>\n</table>\n").toString());
  }

  private static String cell(long count, String colour, long most) {
    if (count == 0) {
      return "<td class=\"zero\">0</td>";
    }
    double strength = FAINTEST + (STRONGEST - FAINTEST) * count / most;
    return String.format(
        Locale.ROOT,
        "<td style=\"background:rgb(%s / %.2f)\">%s</td>",
        colour,
        strength,
        Html.count(count));
  }

  private record Confusion(int label, int prediction, long count) {}

  private static List<Confusion> mistakes(ConfusionMatrix matrix) {
    List<Confusion> mistakes = new ArrayList<>();
    for (int label = 0; label < matrix.classes(); label++) {
      for (int prediction = 0; prediction < matrix.classes(); prediction++) {
        long count = matrix.count(label, prediction);
        if (label != prediction && count > 0) {
          mistakes.add(new Confusion(label, prediction, count));
        }
      }
    }
    return mistakes;
  }

  /** The commonest mistakes in a sentence; empty if there are none. */
  static String commonest(ConfusionMatrix matrix, int most) {
    List<String> names = matrix.classNames();
    List<String> phrases =
        mistakes(matrix).stream()
            .sorted(Comparator.comparingLong((Confusion confusion) -> -confusion.count()))
            .limit(most)
            .map(
                confusion ->
                    "%s for %s (%s)"
                        .formatted(
                            names.get(confusion.label()),
                            names.get(confusion.prediction()),
                            Html.count(confusion.count())))
            .toList();
    return phrases.isEmpty()
        ? ""
        : Html.paragraph(Html.text("Most often taken: " + String.join(", ", phrases) + "."));
  }
}
