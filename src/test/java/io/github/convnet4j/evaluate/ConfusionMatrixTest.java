package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.ConfusionMatrix.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final List<String> NAMES = List.of("cat", "dog", "a very long-winded animal");

  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(NAMES, new int[] {0, 0, 0, 1, 1, 2}, new int[] {0, 0, 1, 1, 2, 2});

  @Test
  void countsPairsOfLabelAndPrediction() {
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
  void cellsAreTheCountsThatAreNotZero() {
    List<Cell> cells =
        List.of(
            new Cell(0, 0, 2),
            new Cell(0, 1, 1),
            new Cell(1, 1, 1),
            new Cell(1, 2, 1),
            new Cell(2, 2, 1));
    assertEquals(cells, MATRIX.cells());
    List<Cell> backwards = new ArrayList<>(cells);
    Collections.reverse(backwards);
    assertEquals(MATRIX, ConfusionMatrix.ofCells(NAMES, backwards));
    assertEquals(MATRIX, ConfusionMatrix.of(NAMES, MATRIX.counts()));
    assertThrows(IndexOutOfBoundsException.class, () -> MATRIX.count(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> MATRIX.count(-1, 0));
  }

  /** A thousand epochs of 2,000 classes would take 32 GB as tables of all counts. */
  @Test
  void aHistoryOfManyClassesFitsIntoMemory() {
    List<String> names = IntStream.range(0, 2000).mapToObj(String::valueOf).toList();
    int[] labels = IntStream.range(0, 100).map(i -> 17 * i).toArray();
    List<ConfusionMatrix> epochs =
        IntStream.range(0, 1000).mapToObj(i -> ConfusionMatrix.of(names, labels, labels)).toList();
    epochs.forEach(epoch -> assertEquals(100, epoch.correct()));
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
  void accuracyIsTheShareOfCorrectExamples() {
    Scores scores = Scores.of(0.25, 6, Map.of()).withConfusionMatrix(MATRIX);
    assertEquals(4 / 6.0, scores.accuracy());
    assertEquals("loss 0.2500, accuracy 0.6667 (4 of 6)", scores.toString());
  }

  @Test
  void isEqualByContent() {
    ConfusionMatrix same =
        ConfusionMatrix.of(NAMES, new int[] {2, 1, 1, 0, 0, 0}, new int[] {2, 2, 1, 1, 0, 0});
    assertEquals(MATRIX, same);
    assertEquals(MATRIX.hashCode(), same.hashCode());
  }

  @Test
  void refusesBadArguments() {
    assertFault(
        "labels must be from 0 to 2: 3",
        () -> ConfusionMatrix.of(NAMES, new int[] {3}, new int[] {0}));
    assertFault(
        "predictions must be from 0 to 2: -1",
        () -> ConfusionMatrix.of(NAMES, new int[] {0}, new int[] {-1}));
    assertFault(
        "labels and predictions must have the same length: 1 and 2",
        () -> ConfusionMatrix.of(NAMES, new int[1], new int[2]));
    assertFault(
        "classNames must not be empty",
        () -> ConfusionMatrix.of(List.of(), new int[0], new int[0]));
    assertFault("count must be at least 1: 0", () -> new Cell(0, 0, 0));
    assertFault(
        "cells must not repeat a pair: label 1, prediction 2",
        () -> ConfusionMatrix.ofCells(NAMES, List.of(new Cell(1, 2, 1), new Cell(1, 2, 3))));
  }

  private static void assertFault(String message, Runnable act) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, act::run).getMessage());
  }
}
