package io.github.convnet4j.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of text: names on the left, numbers aligned on the right. */
final class TextTable {
  private static final double SMALL = 0.001;
  private static final double LARGE = 1e7;

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; all rows have the same number of cells. */
  void row(List<String> cells) {
    rows.add(cells);
  }

  /** Returns a number with four decimals, or with an exponent if it would lose its digits. */
  static String number(double value) {
    double size = Math.abs(value);
    boolean plain = !(size < SMALL && size > 0) && !(size >= LARGE);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.4e", value);
  }

  /** Returns a number from 0 to 1 with four decimals. */
  static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Returns the rows, with {@code \n} after each. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        String padding = " ".repeat(width(c) - length(row.get(c)));
        text.append(c == 0 ? row.get(c) + padding : "  " + padding + row.get(c));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
