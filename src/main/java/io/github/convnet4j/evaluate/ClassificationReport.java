package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Precision, recall and F1 of each class, and their means. Numbers and text are those of
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
 * <p>A score that would divide by zero is 0, takes part in the means as 0, and is named in {@link
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
    // With no example of any class the weights say nothing: all count alike, as in scikit-learn.
    this.weighted =
        ClassScores.mean("weighted avg", classes, micro.support() == 0 ? ones : supports);
  }

  /**
   * Of all classes.
   *
   * @throws IllegalArgumentException if the matrix counts no examples
   */
  public static ClassificationReport of(ConfusionMatrix matrix) {
    return of(matrix, IntStream.range(0, matrix.classes()).toArray());
  }

  /**
   * Of some classes, in the order given. The means are of these alone; {@link #micro()} is no
   * longer the accuracy once an example is of another class or was taken for one.
   *
   * @param classes from 0, each once, at least one
   * @throws IllegalArgumentException if the matrix counts no examples, or a class is out of range
   *     or named twice
   */
  public static ClassificationReport of(ConfusionMatrix matrix, int... classes) {
    if (matrix.total() == 0) {
      throw new IllegalArgumentException("matrix must count at least one example");
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
      throw new IllegalArgumentException("classes must name at least one class");
    }
    Set<Integer> seen = new HashSet<>();
    for (int c : classes) {
      if (c < 0 || c >= count) {
        throw new IllegalArgumentException(
            "classes must be from 0 to %d: %d".formatted(count - 1, c));
      }
      if (!seen.add(c)) {
        throw new IllegalArgumentException("classes must name each class once: " + c);
      }
    }
  }

  /** The scores of each class. */
  public List<ClassScores> classes() {
    return classes;
  }

  /**
   * The scores of all counts added up. In a report of all classes precision, recall and F1 are all
   * the accuracy, and this row is called so.
   */
  public ClassScores micro() {
    return micro;
  }

  /** The mean of the classes, each counted alike. */
  public ClassScores macro() {
    return macro;
  }

  /** The mean of the classes, each counted as often as it has examples. */
  public ClassScores weighted() {
    return weighted;
  }

  /** Which scores were set to 0 because they would divide by zero, a line for each. */
  public List<String> notes() {
    return notes;
  }

  /**
   * The table, each line ended by {@code \n}. Support is always a whole number; scikit-learn prints
   * it as {@code 3.0} where not a single example is right.
   *
   * @param digits after the point, at least 0
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

  /** The table with two digits after the point. */
  @Override
  public String toString() {
    return text(DIGITS);
  }
}
