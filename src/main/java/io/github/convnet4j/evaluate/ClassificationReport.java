package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Precision, recall and F1 of each class, and their means. Numbers and text equal those of
 * scikit-learn's {@code classification_report}:
 *
 * <pre>
 *               precision    recall  f1-score   support
 *
 *          cat       0.95      0.90      0.92       100
 *          dog       0.90      0.95      0.93       100
 *
 *     accuracy                           0.93       200
 *    macro avg       0.93      0.93      0.92       200
 * weighted avg       0.93      0.93      0.92       200
 * </pre>
 *
 * <p>A score that would divide by zero is 0, counts as 0 in the means, and is named in {@link
 * #notes()}.
 */
public final class ClassificationReport {
  private static final int DIGITS = 2;

  private final List<ClassScores> classes;
  private final ClassScores micro;
  private final ClassScores macro;
  private final ClassScores weighted;
  private final boolean complete;
  private final List<String> notes;

  private ClassificationReport(
      List<ClassScores> classes, ClassScores micro, boolean complete, List<String> notes) {
    this.classes = List.copyOf(classes);
    this.micro = micro;
    this.complete = complete;
    this.notes = List.copyOf(notes);
    double[] ones = new double[classes.size()];
    Arrays.fill(ones, 1);
    double[] supports = classes.stream().mapToDouble(ClassScores::support).toArray();
    this.macro = ClassScores.mean("macro avg", classes, ones);
    // If no class has examples, all weights are equal, as in scikit-learn.
    this.weighted =
        ClassScores.mean("weighted avg", classes, micro.support() == 0 ? ones : supports);
  }

  /**
   * Returns the report on all classes.
   *
   * @throws IllegalArgumentException if the matrix has no examples
   */
  public static ClassificationReport of(ConfusionMatrix matrix) {
    return of(matrix, IntStream.range(0, matrix.classes()).toArray());
  }

  /**
   * Returns the report on some classes, in the given order. The means are over these classes only.
   * If an example belongs to another class or was predicted as one, {@link #micro()} is not the
   * accuracy.
   *
   * @param classes at least one, from 0, without repetitions
   * @throws IllegalArgumentException if the matrix has no examples, or a class is out of range or
   *     repeated
   */
  public static ClassificationReport of(ConfusionMatrix matrix, int... classes) {
    if (matrix.total() == 0) {
      throw new IllegalArgumentException("matrix must have at least one example: it has none");
    }
    checkClasses(classes, matrix.classes());
    List<ClassScores> scores = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    long allHits = 0;
    long allPredicted = 0;
    long allLabelled = 0;
    for (int c : classes) {
      long predicted = 0;
      long labelled = 0;
      for (int other = 0; other < matrix.classes(); other++) {
        predicted += matrix.count(other, c);
        labelled += matrix.count(c, other);
      }
      String name = matrix.classNames().get(c);
      scores.add(ClassScores.of(name, matrix.count(c, c), predicted, labelled));
      notes.addAll(ClassScores.notes(name, predicted, labelled));
      allHits += matrix.count(c, c);
      allPredicted += predicted;
      allLabelled += labelled;
    }
    boolean complete = allPredicted == matrix.total() && allLabelled == matrix.total();
    ClassScores micro =
        ClassScores.of(complete ? "accuracy" : "micro avg", allHits, allPredicted, allLabelled);
    return new ClassificationReport(scores, micro, complete, notes);
  }

  private static void checkClasses(int[] classes, int count) {
    if (classes.length == 0) {
      throw new IllegalArgumentException("classes must have at least one class: it is empty");
    }
    Set<Integer> seen = new HashSet<>();
    for (int c : classes) {
      if (c < 0 || c >= count) {
        throw new IllegalArgumentException(
            "classes must be from 0 to %d: %d".formatted(count - 1, c));
      }
      if (!seen.add(c)) {
        throw new IllegalArgumentException("classes must not repeat a class: " + c);
      }
    }
  }

  /** Returns the scores of each class. */
  public List<ClassScores> classes() {
    return classes;
  }

  /**
   * Returns the scores computed from the sums of all counts. In a report on all classes, precision,
   * recall and F1 all equal the accuracy, and the row has that name.
   */
  public ClassScores micro() {
    return micro;
  }

  /** Returns the mean over the classes with equal weights. */
  public ClassScores macro() {
    return macro;
  }

  /** Returns the mean over the classes, weighted by their numbers of examples. */
  public ClassScores weighted() {
    return weighted;
  }

  /** Returns a line for each score that was set to 0 because it would divide by zero. */
  public List<String> notes() {
    return notes;
  }

  /**
   * Returns the table, with {@code \n} after each line. Support is always an integer; scikit-learn
   * prints it as {@code 3.0} if no example is correctly classified.
   *
   * @param digits after the decimal point, at least 0
   */
  public String text(int digits) {
    if (digits < 0) {
      throw new IllegalArgumentException("digits must be at least 0: " + digits);
    }
    ReportText text = new ReportText(classes.stream().map(ClassScores::name).toList(), digits);
    text.header();
    classes.forEach(text::row);
    text.blankLine();
    if (complete) {
      text.accuracy(micro);
    } else {
      text.row(micro);
    }
    text.row(macro);
    text.row(weighted);
    return text.toString();
  }

  /** Returns the table with two digits after the decimal point. */
  @Override
  public String toString() {
    return text(DIGITS);
  }
}
