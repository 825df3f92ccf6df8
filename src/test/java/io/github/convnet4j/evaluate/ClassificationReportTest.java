package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures computed by hand; {@link MetricsPairsTest} compares with scikit-learn. */
class ClassificationReportTest {
  private static final List<String> PETS = List.of("cat", "dog", "fox");

  /** Cat: 2 of 3 found, 1 dog among the 3 predicted cats. No example is predicted as a fox. */
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(PETS, new int[] {0, 0, 0, 1, 1, 2}, new int[] {0, 0, 1, 0, 1, 1});

  @Test
  void scoresEachClass() {
    List<ClassScores> scores = ClassificationReport.of(MATRIX).classes();
    assertEquals(new ClassScores("cat", 2.0 / 3, 2.0 / 3, 2.0 / 3, 3), scores.get(0));
    // f1 = 2 x 1/3 x 1/2 / (1/3 + 1/2)
    assertEquals(new ClassScores("dog", 1.0 / 3, 1.0 / 2, 2.0 / 5, 2), scores.get(1));
    assertEquals(new ClassScores("fox", 0, 0, 0, 1), scores.get(2));
  }

  @Test
  void macroWeightsClassesEqually() {
    ClassScores macro = ClassificationReport.of(MATRIX).macro();
    assertEquals((2.0 / 3 + 1.0 / 3 + 0) / 3, macro.precision(), 1e-15);
    assertEquals((2.0 / 3 + 1.0 / 2 + 0) / 3, macro.recall(), 1e-15);
    assertEquals((2.0 / 3 + 2.0 / 5 + 0) / 3, macro.f1(), 1e-15);
    assertEquals(6, macro.support());
  }

  @Test
  void weightedWeightsClassesByTheirExamples() {
    ClassScores weighted = ClassificationReport.of(MATRIX).weighted();
    assertEquals((3 * 2.0 / 3 + 2 * 1.0 / 3) / 6, weighted.precision(), 1e-15);
    assertEquals((3 * 2.0 / 3 + 2 * 1.0 / 2) / 6, weighted.recall(), 1e-15);
    assertEquals((3 * 2.0 / 3 + 2 * 2.0 / 5) / 6, weighted.f1(), 1e-15);
  }

  @Test
  void microOfSomeClassesIsNotTheAccuracy() {
    // Cat and dog: 3 hits, 6 predictions, 5 labels.
    ClassScores micro = ClassificationReport.of(MATRIX, 0, 1).micro();
    assertEquals(new ClassScores("micro avg", 3.0 / 6, 3.0 / 5, 6.0 / 11, 5), micro);
    assertEquals(
        new ClassScores("accuracy", 0.5, 0.5, 0.5, 6), ClassificationReport.of(MATRIX).micro());
  }

  @Test
  void namesClassesWhoseScoresWouldDivideByZero() {
    assertEquals(
        List.of("precision of \"fox\" is set to 0: no example was predicted as it"),
        ClassificationReport.of(MATRIX).notes());
    ConfusionMatrix catsOnly = ConfusionMatrix.of(PETS, new int[] {0, 0}, new int[] {0, 1});
    assertEquals(
        List.of(
            "recall of \"dog\" is set to 0: no example belongs to it",
            "precision of \"fox\" is set to 0: no example was predicted as it",
            "recall of \"fox\" is set to 0: no example belongs to it",
            "f1 of \"fox\" is set to 0: no example belongs to it or was predicted as it"),
        ClassificationReport.of(catsOnly).notes());
  }

  @Test
  void printsATable() {
    assertEquals(
        """
                      precision    recall  f1-score   support

                 cat       0.67      0.67      0.67         3
                 dog       0.33      0.50      0.40         2
                 fox       0.00      0.00      0.00         1

            accuracy                           0.50         6
           macro avg       0.33      0.39      0.36         6
        weighted avg       0.44      0.50      0.47         6
        """,
        ClassificationReport.of(MATRIX).toString());
  }

  /**
   * Recalls of 1/8 and 5/8 lie halfway between two decimals, and are rounded to the even one, like
   * in Python.
   */
  @Test
  void roundsHalfToEven() {
    int[] labels = new int[16];
    int[] predictions = new int[16];
    for (int i = 0; i < 16; i++) {
      labels[i] = i / 8;
      predictions[i] = i == 0 || (i >= 8 && i < 11) ? 0 : 1;
    }
    String text =
        ClassificationReport.of(ConfusionMatrix.of(List.of("a", "b"), labels, predictions)).text(2);
    assertEquals("           a       0.25      0.12      0.17         8", text.split("\n", -1)[2]);
    assertEquals("           b       0.42      0.62      0.50         8", text.split("\n", -1)[3]);
  }

  @Test
  void refusesBadArguments() {
    ConfusionMatrix empty = ConfusionMatrix.of(PETS, new int[0], new int[0]);
    refuses("matrix", () -> ClassificationReport.of(empty));
    refuses("classes must be from 0 to 2: 3", () -> ClassificationReport.of(MATRIX, 3));
    refuses("classes must not repeat a class: 1", () -> ClassificationReport.of(MATRIX, 1, 1));
    refuses("classes", () -> ClassificationReport.of(MATRIX, new int[0]));
    refuses("digits must be at least 0: -1", () -> ClassificationReport.of(MATRIX).text(-1));
  }

  private static void refuses(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
