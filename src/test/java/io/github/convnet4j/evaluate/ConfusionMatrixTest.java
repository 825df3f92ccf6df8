package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final List<String> NAMES = List.of("cat", "dog", "a very long-winded animal");

  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(NAMES, new int[] {0, 0, 0, 1, 1, 2}, new int[] {0, 0, 1, 1, 2, 2});

  @Test
  void countsWhatWasTakenForWhat() {
    assertArrayEquals(new long[][] {{2, 1, 0}, {0, 1, 1}, {0, 0, 1}}, MATRIX.counts());
    assertEquals(1, MATRIX.count(0, 1));
    assertEquals(0, MATRIX.count(1, 0));
    assertEquals(4, MATRIX.correct());
    assertEquals(6, MATRIX.total());
    assertEquals(3, MATRIX.classes());
    MATRIX.counts()[0][0] = 99;
    assertEquals(2, MATRIX.count(0, 0));
  }

  @Test
  void tableHasALineForEachLabel() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(List.of("abdomen", "ch"), new int[] {0, 1, 1}, new int[] {0, 0, 1});
    assertEquals(
        """
        label \\ prediction  abdomen       ch
        abdomen                   1        0
        ch                        1        1
        """,
        matrix.table());
    assertEquals(matrix.table(), matrix.toString());
    assertTrue(MATRIX.table().lines().allMatch(line -> line.length() == 25 + 3 * 27));
  }

  @Test
  void evaluationSharesOutWhatWasRight() {
    Evaluation evaluation = new Evaluation(0.25, MATRIX);
    assertEquals(4 / 6.0, evaluation.accuracy());
    assertEquals("loss 0.2500, accuracy 0.6667 (4 of 6)", evaluation.toString());
  }

  @Test
  void equalByContent() {
    ConfusionMatrix same =
        ConfusionMatrix.of(NAMES, new int[] {2, 1, 1, 0, 0, 0}, new int[] {2, 2, 1, 1, 0, 0});
    assertEquals(MATRIX, same);
    assertEquals(MATRIX.hashCode(), same.hashCode());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertFault(
        "labels must be from 0 to 2: 3",
        () -> ConfusionMatrix.of(NAMES, new int[] {3}, new int[] {0}));
    assertFault(
        "predictions must be from 0 to 2: -1",
        () -> ConfusionMatrix.of(NAMES, new int[] {0}, new int[] {-1}));
    assertFault(
        "labels and predictions must be as many: 1 and 2",
        () -> ConfusionMatrix.of(NAMES, new int[1], new int[2]));
    assertFault(
        "classNames must not be empty",
        () -> ConfusionMatrix.of(List.of(), new int[0], new int[0]));
  }

  private static void assertFault(String message, Runnable act) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, act::run).getMessage());
  }
}
