package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class ClassCountsTest {
  private static final ExampleSet KINDS =
      ExampleSet.builder()
          .input("x", new float[4], 1)
          .classTarget("kind", new int[] {1, 1, 0, 1}, 3)
          .build();

  @Test
  void countsExamplesLabelsAndPixels() {
    assertArrayEquals(new long[] {1, 3, 0}, ClassCounts.of(KINDS).counts());
    assertArrayEquals(
        new long[] {1, 2},
        ClassCounts.of(DataSet.of(new byte[3], new int[] {1, 0, 1}, Shape.of(1, 1, 1), 2))
            .counts());
    TargetSet labels = TargetSet.of(new byte[2], new float[] {1, 0, 1, 1}, Shape.of(1, 1, 1), 2);
    assertArrayEquals(new long[] {2, 1}, ClassCounts.ofLabels(labels).counts());
    ExampleSet masks =
        ExampleSet.builder()
            .input("x", new float[2], 1)
            .masks("mask", new byte[] {0, 1, 1, (byte) 255, 1, 0}, 1, 3)
            .build();
    assertArrayEquals(new long[] {2, 3}, ClassCounts.ofPixels(masks, 2).counts());
  }

  /** As {@code src/test/python/print_folds.py} prints them, of scikit-learn 1.9.1. */
  @Test
  void balancedWeightsAreThoseOfScikitLearn() {
    assertWeights(new double[] {0.5555555555555556, 5.0}, 900, 100);
    assertWeights(
        new double[] {0.6666666666666666, 1.1111111111111112, 1.6666666666666667}, 5, 3, 2);
    assertWeights(new double[] {2.5, 2.5, 2.5, 0.35714285714285715}, 1, 1, 1, 7);
    // 4 examples of 2 classes: 4 / (2 * 1) and 4 / (2 * 3). The third class does not occur.
    assertWeights(new double[] {2, 2 / 3.0, 0}, 1, 3, 0);
  }

  private static void assertWeights(double[] expected, long... counts) {
    assertArrayEquals(expected, ClassCounts.of(counts).balancedWeights(), 1e-15);
  }

  @Test
  void refusesTargetsThatAreNotClasses() {
    TargetSet numbers =
        TargetSet.of(new byte[2], new float[] {1, 0, 0.5f, 2}, Shape.of(1, 1, 1), 2);
    assertTrue(message(() -> ClassCounts.of(numbers)).contains("example 1"));
    assertTrue(message(() -> ClassCounts.ofLabels(numbers)).contains("0.5"));
    TargetSet both = TargetSet.of(new byte[1], new float[] {1, 1}, Shape.of(1, 1, 1), 2);
    assertTrue(message(() -> ClassCounts.of(both)).contains("one-hot"));
    assertTrue(message(() -> ClassCounts.of(0, 0)).contains("counts"));
    assertEquals(4, ClassCounts.of(KINDS).total());
  }

  private static String message(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
