package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClassShareTest {
  @Test
  void classesKeepTheirProportions() {
    assertArrayEquals(new int[] {10, 20, 5}, ClassShare.of(new int[] {100, 200, 50}, 35));
  }

  @Test
  void theLargestRemaindersGetTheRest() {
    // Of 10: 10 * 16 / 40 = 4, 10 * 13 / 40 = 3.25, 10 * 11 / 40 = 2.75.
    assertArrayEquals(new int[] {4, 3, 3}, ClassShare.of(new int[] {16, 13, 11}, 10));
  }

  @Test
  void aSmallClassHasOneImageDrawnAndOneLeft() {
    assertArrayEquals(new int[] {9, 1}, ClassShare.of(new int[] {98, 2}, 10));
    assertArrayEquals(new int[] {89, 1}, ClassShare.of(new int[] {98, 2}, 90));
  }

  @Test
  void theOnlyImageOfAClassIsNotDrawn() {
    assertArrayEquals(new int[] {5, 0, 0}, ClassShare.of(new int[] {9, 1, 0}, 5));
  }

  @Test
  void drawsFromClassesThatAllHaveOneImage() {
    assertArrayEquals(new int[] {1, 1, 0, 0}, ClassShare.of(new int[] {1, 1, 1, 1}, 2));
  }

  @Property
  void noClassIsMissingIfTheNumbersAllowIt(
      @ForAll @Size(min = 2, max = 30) List<@IntRange(max = 40) Integer> list, @ForAll int any) {
    int[] sizes = list.stream().mapToInt(Integer::intValue).toArray();
    int all = Arrays.stream(sizes).sum();
    if (all < 2) {
      return;
    }
    int total = 1 + Math.floorMod(any, all - 1);
    int[] taken = ClassShare.of(sizes, total);
    int spare = Arrays.stream(sizes).map(size -> Math.max(0, size - 1)).sum();
    assertEquals(spare == 0 ? total : Math.min(total, spare), Arrays.stream(taken).sum());
    long several = Arrays.stream(sizes).filter(size -> size > 1).count();
    for (int c = 0; c < sizes.length; c++) {
      assertTrue(taken[c] >= 0 && taken[c] <= sizes[c]);
      if (spare > 0 && sizes[c] > 0) {
        assertTrue(taken[c] < sizes[c]);
      }
      if (total >= several && sizes[c] > 1 && Math.min(total, spare) >= several) {
        assertTrue(taken[c] > 0);
      }
    }
  }
}
