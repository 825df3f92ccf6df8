package io.github.convnet4j.evaluate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The layout of scikit-learn's {@code classification_report}. */
final class ReportText {
  private static final int NUMBER_WIDTH = 9;
  private static final int LONGEST_MEAN = "weighted avg".length();

  private final StringBuilder text = new StringBuilder();
  private final int nameWidth;
  private final int digits;

  ReportText(List<String> names, int digits) {
    this.digits = digits;
    int width = Math.max(LONGEST_MEAN, digits);
    for (String name : names) {
      width = Math.max(width, length(name));
    }
    this.nameWidth = width;
  }

  void header() {
    line("", "precision", "recall", "f1-score", "support");
    blankLine();
  }

  void row(ClassScores scores) {
    line(
        scores.name(),
        number(scores.precision()),
        number(scores.recall()),
        number(scores.f1()),
        Long.toString(scores.support()));
  }

  /** Adds the row of the accuracy, which has only one number. */
  void accuracy(ClassScores scores) {
    line(scores.name(), "", "", number(scores.f1()), Long.toString(scores.support()));
  }

  void blankLine() {
    text.append('\n');
  }

  private void line(String name, String... columns) {
    right(name, nameWidth);
    text.append(' ');
    for (String column : columns) {
      text.append(' ');
      right(column, NUMBER_WIDTH);
    }
    text.append('\n');
  }

  private void right(String cell, int width) {
    text.append(" ".repeat(Math.max(0, width - length(cell)))).append(cell);
  }

  /**
   * Rounds the exact binary number half to even, like Python. String.format rounds its shortest
   * decimal form.
   */
  private String number(double value) {
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** Counts characters like Python. */
  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
