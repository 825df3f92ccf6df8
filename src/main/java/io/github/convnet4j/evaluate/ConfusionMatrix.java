package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How often the examples of each class were predicted as each class. Immutable, compared by
 * content. Only counts that are not 0 are stored, so it never has more entries than examples.
 *
 * <pre>
 * label \ prediction  cat  dog
 * cat                  90   10
 * dog                   5   95
 * </pre>
 */
public final class ConfusionMatrix {
  private static final String CORNER = "label \\ prediction";

  private final List<String> classNames;
  private final List<Cell> cells;

  /**
   * A count that is not 0.
   *
   * @param label the class of the examples, from 0
   * @param prediction their predicted class, from 0
   * @param count the number of examples, at least 1
   */
  public record Cell(int label, int prediction, long count) {
    /** By label, and then by prediction. */
    static final Comparator<Cell> ORDER =
        Comparator.comparingInt(Cell::label).thenComparingInt(Cell::prediction);

    /** Checks the count. */
    public Cell {
      if (count < 1) {
        throw new IllegalArgumentException("count must be at least 1: " + count);
      }
    }
  }

  private ConfusionMatrix(List<String> classNames, List<Cell> cells) {
    this.classNames = classNames;
    this.cells = cells;
  }

  /**
   * Counts pairs of label and prediction.
   *
   * @param classNames one for each class, at least one
   * @param labels the class of each example, from 0
   * @param predictions the predicted class of each example, from 0
   * @throws IllegalArgumentException if the arrays differ in length, or a class is out of range
   */
  public static ConfusionMatrix of(List<String> classNames, int[] labels, int[] predictions) {
    if (labels.length != predictions.length) {
      throw new IllegalArgumentException(
          "labels and predictions must have the same length: %d and %d"
              .formatted(labels.length, predictions.length));
    }
    long[] pairs = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      check("labels", labels[i], classNames.size());
      check("predictions", predictions[i], classNames.size());
      pairs[i] = (long) labels[i] * classNames.size() + predictions[i];
    }
    Arrays.sort(pairs);
    List<Cell> cells = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= pairs.length; i++) {
      if (i == pairs.length || pairs[i] != pairs[first]) {
        int label = (int) (pairs[first] / classNames.size());
        int prediction = (int) (pairs[first] % classNames.size());
        cells.add(new Cell(label, prediction, i - first));
        first = i;
      }
    }
    return ofCells(classNames, cells);
  }

  /**
   * Returns a matrix with the given counts.
   *
   * @param classNames one for each class, at least one
   * @param counts {@code [label][prediction]}, none negative
   * @throws IllegalArgumentException if the arguments are not as described
   */
  public static ConfusionMatrix of(List<String> classNames, long[][] counts) {
    int classes = classNames.size();
    if (classes == 0 || counts.length != classes) {
      throw new IllegalArgumentException(
          "counts must have one row for each class, and at least one: %d rows for %d classes"
              .formatted(counts.length, classes));
    }
    List<Cell> cells = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      long[] row = counts[label];
      if (row.length != classes || Arrays.stream(row).anyMatch(n -> n < 0)) {
        throw new IllegalArgumentException(
            "counts must have %d numbers in each row, none negative: row %d is %s"
                .formatted(classes, label, Arrays.toString(row)));
      }
      for (int prediction = 0; prediction < classes; prediction++) {
        if (row[prediction] > 0) {
          cells.add(new Cell(label, prediction, row[prediction]));
        }
      }
    }
    return ofCells(classNames, cells);
  }

  /**
   * Returns a matrix with the given counts, leaving out those that are 0. This saves memory if
   * there are many classes.
   *
   * @param classNames one for each class, at least one
   * @param cells in any order, without repeating a pair of label and prediction
   * @throws IllegalArgumentException if the arguments are not as described, or a class is out of
   *     range
   */
  public static ConfusionMatrix ofCells(List<String> classNames, Collection<Cell> cells) {
    if (classNames.isEmpty()) {
      throw new IllegalArgumentException("classNames must not be empty");
    }
    List<Cell> sorted = cells.stream().sorted(Cell.ORDER).toList();
    for (int i = 0; i < sorted.size(); i++) {
      Cell cell = sorted.get(i);
      check("labels", cell.label(), classNames.size());
      check("predictions", cell.prediction(), classNames.size());
      if (i > 0 && Cell.ORDER.compare(sorted.get(i - 1), cell) == 0) {
        throw new IllegalArgumentException(
            "cells must not repeat a pair: label %d, prediction %d"
                .formatted(cell.label(), cell.prediction()));
      }
    }
    return new ConfusionMatrix(List.copyOf(classNames), sorted);
  }

  private static void check(String argument, int value, int classes) {
    if (value < 0 || value >= classes) {
      throw new IllegalArgumentException(
          "%s must be from 0 to %d: %d".formatted(argument, classes - 1, value));
    }
  }

  /** Number of classes. */
  public int classes() {
    return classNames.size();
  }

  /** The names of the classes. */
  public List<String> classNames() {
    return classNames;
  }

  /** Returns the counts that are not 0, sorted by label and then by prediction. */
  public List<Cell> cells() {
    return cells;
  }

  /**
   * Returns how many examples of class {@code label} were predicted as class {@code prediction}.
   */
  public long count(int label, int prediction) {
    Objects.checkIndex(label, classes());
    Objects.checkIndex(prediction, classes());
    int place = Collections.binarySearch(cells, new Cell(label, prediction, 1), Cell.ORDER);
    return place < 0 ? 0 : cells.get(place).count();
  }

  /** Returns a copy of all counts, {@code [label][prediction]}. */
  public long[][] counts() {
    long[][] counts = new long[classes()][classes()];
    cells.forEach(cell -> counts[cell.label()][cell.prediction()] = cell.count());
    return counts;
  }

  /** Returns the number of correctly classified examples. */
  public long correct() {
    return cells.stream()
        .filter(cell -> cell.label() == cell.prediction())
        .mapToLong(Cell::count)
        .sum();
  }

  /** Returns the number of examples. */
  public long total() {
    return cells.stream().mapToLong(Cell::count).sum();
  }

  /** Returns the counts as a table with a line for each label, and {@code \n} after each line. */
  public String table() {
    int first = CORNER.length();
    int width = 1;
    for (String name : classNames) {
      first = Math.max(first, name.length());
      width = Math.max(width, name.length());
    }
    for (Cell cell : cells) {
      width = Math.max(width, Long.toString(cell.count()).length());
    }
    StringBuilder table = new StringBuilder();
    table.append(left(CORNER, first));
    for (String name : classNames) {
      table.append("  ").append(right(name, width));
    }
    table.append('\n');
    for (int label = 0; label < classes(); label++) {
      table.append(left(classNames.get(label), first));
      for (int prediction = 0; prediction < classes(); prediction++) {
        table.append("  ").append(right(Long.toString(count(label, prediction)), width));
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String left(String text, int width) {
    return String.format(Locale.ROOT, "%-" + width + "s", text);
  }

  private static String right(String text, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that
        && classNames.equals(that.classNames)
        && cells.equals(that.cells);
  }

  @Override
  public int hashCode() {
    return 31 * classNames.hashCode() + cells.hashCode();
  }

  @Override
  public String toString() {
    return table();
  }
}
