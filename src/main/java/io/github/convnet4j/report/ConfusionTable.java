package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A confusion matrix as a heat map of counts. Correctly classified images are blue, stronger for a
 * larger share of the label's images. Mistakes are orange, stronger for a larger number.
 */
final class ConfusionTable {
  /** A larger table would be unreadable, and slow in a browser. */
  static final int MOST_CLASSES = 100;

  /** Weak enough for dark text, or light text on a dark page, to be readable. */
  private static final double STRONGEST = 0.75;

  private static final double FAINTEST = 0.15;
  private static final String RIGHT = "43 108 176";
  private static final String WRONG = "217 96 26";

  private ConfusionTable() {}

  /**
   * Returns the section.
   *
   * @param counted what the numbers count, as a plain sentence, if it is not obvious; may be empty
   */
  static Section section(ConfusionMatrix matrix, String counted) {
    String intro = counted.isEmpty() ? "" : Html.paragraph(Html.text(counted));
    return new Section(
        "confusion", "Confusion matrix", intro + html(matrix) + mostCommon(matrix, 5));
  }

  /** Returns the table, or a sentence if there are more than {@link #MOST_CLASSES} classes. */
  static String html(ConfusionMatrix matrix) {
    int classes = matrix.classes();
    if (classes > MOST_CLASSES) {
      return Html.paragraph(
          String.format(Locale.ROOT, "With %d classes, the matrix is too large to show.", classes));
    }
    long most = mistakes(matrix).stream().mapToLong(Confusion::count).max().orElse(0);
    StringBuilder html = new StringBuilder("<table class=\"confusion\">\n");
    html.append("<caption>Rows: labels. Columns: predictions.</caption>\n");
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

  /** Returns a sentence about the most common mistakes, or nothing if there are none. */
  static String mostCommon(ConfusionMatrix matrix, int most) {
    List<String> names = matrix.classNames();
    List<String> phrases =
        mistakes(matrix).stream()
            .sorted(Comparator.comparingLong((Confusion confusion) -> -confusion.count()))
            .limit(most)
            .map(
                confusion ->
                    "%s as %s (%s)"
                        .formatted(
                            names.get(confusion.label()),
                            names.get(confusion.prediction()),
                            Html.count(confusion.count())))
            .toList();
    return phrases.isEmpty()
        ? ""
        : Html.paragraph(Html.text("Most common mistakes: " + String.join(", ", phrases) + "."));
  }
}
