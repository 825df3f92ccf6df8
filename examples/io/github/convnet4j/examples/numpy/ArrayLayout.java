package io.github.convnet4j.examples.numpy;

import java.util.Iterator;
import java.util.List;

/** Puts brackets, line breaks and dots around the texts of an array's elements. */
final class ArrayLayout {
  private static final String DOTS = "...";

  private final ShownElements shown;
  private final Iterator<String> texts;
  private final String separator;
  private final int indent;
  private final int lineWidth;
  private final StringBuilder out = new StringBuilder();

  private ArrayLayout(
      ShownElements shown, List<String> texts, String separator, int indent, int lineWidth) {
    this.shown = shown;
    this.texts = texts.iterator();
    this.separator = separator;
    this.indent = indent;
    this.lineWidth = lineWidth;
  }

  /**
   * Returns the elements in brackets, or the bare element of an array without dimensions.
   *
   * @param texts the texts of the shown elements, the last dimension varying fastest
   * @param separator between two elements of a row
   * @param indent the number of characters before the outermost bracket
   * @param lineWidth the maximum number of characters in a line
   */
  static String format(
      ShownElements shown, List<String> texts, String separator, int indent, int lineWidth) {
    if (shown.rank() == 0) {
      return texts.get(0);
    }
    ArrayLayout layout = new ArrayLayout(shown, texts, separator, indent, lineWidth);
    layout.block(0);
    return layout.out.toString();
  }

  private void block(int axis) {
    out.append('[');
    if (axis == shown.rank() - 1) {
      row(axis);
    } else {
      rows(axis);
    }
    out.append(']');
  }

  private void rows(int axis) {
    int count = shown.count(axis);
    for (int position = 0; position < count; position++) {
      block(axis + 1);
      if (shown.isBeforeDots(axis, position)) {
        nextRow(axis);
        out.append(DOTS);
      }
      if (position < count - 1) {
        nextRow(axis);
      }
    }
  }

  /** Ends a line, with a blank line for each dimension between this one and the rows. */
  private void nextRow(int axis) {
    out.append(separator.stripTrailing());
    out.append("\n".repeat(shown.rank() - 1 - axis));
    out.append(" ".repeat(hangingIndent(axis)));
  }

  private void row(int axis) {
    int start = hangingIndent(axis);
    int column = start;
    int count = shown.count(axis);
    for (int position = 0; position < count; position++) {
      column = word(texts.next(), column, start);
      if (shown.isBeforeDots(axis, position)) {
        column = word(DOTS, separate(column), start);
      }
      if (position < count - 1) {
        column = separate(column);
      }
    }
  }

  private int separate(int column) {
    out.append(separator);
    return column + separator.length();
  }

  /** Appends to the line, or to a new one if the line would be too long; returns its length. */
  private int word(String word, int column, int start) {
    int from = column;
    // Every line leaves room for the closing brackets of all dimensions.
    if (column > start && column + word.length() > lineWidth - shown.rank()) {
      out.setLength(out.length() - trailingSpaces());
      out.append('\n').append(" ".repeat(start));
      from = start;
    }
    out.append(word);
    return from + word.length();
  }

  private int trailingSpaces() {
    int count = 0;
    while (out.charAt(out.length() - 1 - count) == ' ') {
      count++;
    }
    return count;
  }

  /** The column at which the content of a dimension's brackets starts. */
  private int hangingIndent(int axis) {
    return indent + axis + 1;
  }
}
