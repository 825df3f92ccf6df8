package io.github.convnet4j.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often each class was taken for which. Immutable, compared by content.
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
  private final long[][] counts;

  private ConfusionMatrix(List<String> classNames, long[][] counts) {
    this.classNames = classNames;
    this.counts = counts;
  }

  /**
   * Counts pairs of label and prediction.
   *
   * @param classNames one for each class, at least one
   * @param labels the examples' classes, from 0
   * @param predictions what each example was taken for, from 0
   * @throws IllegalArgumentException if the arrays differ in length, or a class is out of range
   */
  public static ConfusionMatrix of(List<String> classNames, int[] labels, int[] predictions) {
    if (classNames.isEmpty()) {
      throw new IllegalArgumentException("classNames must not be empty");
    }
    if (labels.length != predictions.length) {
      throw new IllegalArgumentException(
          "labels and predictions must be as many: %d and %d"
              .formatted(labels.length, predictions.length));
    }
    int classes = classNames.size();
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      check("labels", labels[i], classes);
      check("predictions", predictions[i], classes);
      counts[labels[i]][predictions[i]]++;
    }
    return new ConfusionMatrix(List.copyOf(classNames), counts);
  }

  /**
   * With counts that are known.
   *
   * @param classNames one for each class, at least one
   * @param counts {@code [label][prediction]}, each 0 or above
   * @throws IllegalArgumentException if they are not so
   */
  public static ConfusionMatrix of(List<String> classNames, long[][] counts) {
    int classes = classNames.size();
    if (classes == 0 || counts.length != classes) {
      throw new IllegalArgumentException(
          "counts must have one row for each of at least one class: %d for %d"
              .formatted(counts.length, classes));
    }
    long[][] copy = new long[classes][];
    for (int label = 0; label < classes; label++) {
      copy[label] = counts[label].clone();
      if (copy[label].length != classes || Arrays.stream(copy[label]).anyMatch(n -> n < 0)) {
        throw new IllegalArgumentException(
            "counts must have %d numbers of 0 or above in each row: row %d is %s"
                .formatted(classes, label, Arrays.toString(copy[label])));
      }
    }
    return new ConfusionMatrix(List.copyOf(classNames), copy);
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

  /** The classes' names. */
  public List<String> classNames() {
    return classNames;
  }

  /** How many examples of class {@code label} were taken for class {@code prediction}. */
  public long count(int label, int prediction) {
    return counts[label][prediction];
  }

  /** All counts, {@code [label][prediction]}; a copy. */
  public long[][] counts() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /** How many examples were taken for what they are. */
  public long correct() {
    long correct = 0;
    for (int i = 0; i < counts.length; i++) {
      correct += counts[i][i];
    }
    return correct;
  }

  /** How many examples there were. */
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** The counts as a table, a line for each label, each line ended by {@code \n}. */
  public String table() {
    int first = CORNER.length();
    int width = 1;
    for (int i = 0; i < counts.length; i++) {
      first = Math.max(first, classNames.get(i).length());
      width = Math.max(width, classNames.get(i).length());
      for (long count : counts[i]) {
        width = Math.max(width, Long.toString(count).length());
      }
    }
    StringBuilder table = new StringBuilder();
    table.append(left(CORNER, first));
    for (String name : classNames) {
      table.append("  ").append(right(name, width));
    }
    table.append('\n');
    for (int i = 0; i < counts.length; i++) {
      table.append(left(classNames.get(i), first));
      for (long count : counts[i]) {
        table.append("  ").append(right(Long.toString(count), width));
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
        && Arrays.deepEquals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * classNames.hashCode() + Arrays.deepHashCode(counts);
  }

  @Override
  public String toString() {
    return table();
  }
}
