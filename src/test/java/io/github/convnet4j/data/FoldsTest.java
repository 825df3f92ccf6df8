package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares with the output of {@code src/test/python/print_folds.py}, of scikit-learn 1.9.1. */
class FoldsTest {
  private static final int EXAMPLES = 60;
  private static final int[] GROUPS = {0, 1, 2, 4, 8, 9, 13, 15, 16};

  private static int group(int example) {
    return example * example % 17;
  }

  private static int label(int example) {
    return example % 7 < 3 ? 0 : example % 5 < 3 ? 1 : 2;
  }

  /** What {@code StratifiedGroupKFold(folds)} prints: the groups and the classes of each fold. */
  private record Fold(Set<Integer> groups, List<Integer> classes) {
    static Fold of(List<Integer> groups, List<Integer> classes) {
      return new Fold(new TreeSet<>(groups), classes);
    }
  }

  private static List<Fold> folds(int count) {
    int[][] table = new int[GROUPS.length][3];
    for (int i = 0; i < EXAMPLES; i++) {
      table[Arrays.binarySearch(GROUPS, group(i))][label(i)]++;
    }
    int[] foldOf = Folds.ofGroups(table, IntStream.range(0, GROUPS.length).toArray(), count);
    return IntStream.range(0, count)
        .mapToObj(
            fold -> {
              Set<Integer> groups = new TreeSet<>();
              Integer[] classes = {0, 0, 0};
              for (int g = 0; g < GROUPS.length; g++) {
                if (foldOf[g] == fold) {
                  groups.add(GROUPS[g]);
                  for (int c = 0; c < 3; c++) {
                    classes[c] += table[g][c];
                  }
                }
              }
              return new Fold(groups, List.of(classes));
            })
        .toList();
  }

  @Test
  void groupsGoIntoTheSameFoldsAsInScikitLearn() {
    assertEquals(
        List.of(
            Fold.of(List.of(0, 2, 4, 8, 16), List.of(14, 11, 7)),
            Fold.of(List.of(1, 9, 13, 15), List.of(13, 8, 7))),
        folds(2));
    assertEquals(
        List.of(
            Fold.of(List.of(0, 2, 13), List.of(9, 7, 2)),
            Fold.of(List.of(1, 8, 9), List.of(9, 6, 6)),
            Fold.of(List.of(4, 15, 16), List.of(9, 6, 6))),
        folds(3));
    assertEquals(
        List.of(
            Fold.of(List.of(2, 8, 16), List.of(8, 9, 4)),
            Fold.of(List.of(0, 1), List.of(6, 2, 3)),
            Fold.of(List.of(4, 9), List.of(6, 3, 5)),
            Fold.of(List.of(13, 15), List.of(7, 5, 2))),
        folds(4));
  }

  /** The largest group comes first, and each goes into the smallest fold. */
  @Test
  void groupsOfOneClassAreDealtOutBySize() {
    int[][] table = {{3}, {9}, {4}, {5}, {2}};
    // 9 | 5 | 5+4 -> 9 | 9+... : 9 alone, then 5 and 4 together, then 3 and 2 with either.
    assertArrayEquals(
        new int[] {0, 0, 1, 1, 1}, Folds.ofGroups(table, new int[] {0, 1, 2, 3, 4}, 2));
  }

  /** Six of class 0 and three of class 1, in the order of their indices, for two folds. */
  @Test
  void examplesAreDealtOutClassByClass() {
    int[] labels = {0, 1, 0, 0, 1, 0, 0, 1, 0};
    // Class 0 is 0, 2, 3, 5, 6, 8: folds 0 1 0 1 0 1; class 1 is 1, 4, 7: folds 0 1 0.
    assertArrayEquals(
        new int[] {0, 0, 1, 0, 1, 1, 0, 0, 1},
        Folds.ofExamples(IntStream.range(0, 9).toArray(), labels, 2));
  }
}
