package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class OversamplingTest {
  /** Each image's only pixel is its index. */
  private static DataSet images(int classes, int... labels) {
    byte[] pixels = new byte[labels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    return DataSet.of(pixels, labels, Shape.of(1, 1, 1), classes);
  }

  private static int[] copies(DataSet oversampled, int images) {
    int[] copies = new int[images];
    for (int i = 0; i < oversampled.size(); i++) {
      copies[oversampled.image(i)[0]]++;
    }
    return copies;
  }

  /** 5 of class 0, 2 of class 1: the two are used 2 and 3 times. Class 2 has no image. */
  @Test
  void repeatsImagesOfSmallClasses() {
    DataSet balanced = Oversampling.balanced(images(3, 0, 0, 1, 0, 0, 1, 0), 1);
    assertArrayEquals(new int[] {5, 5, 0}, balanced.imagesPerClass());
    int[] copies = copies(balanced, 7);
    assertEquals(5, copies[2] + copies[5]);
    assertTrue(copies[2] == 2 || copies[2] == 3);
    assertEquals(5, copies[0] + copies[1] + copies[3] + copies[4] + copies[6]);
  }

  @Property(tries = 100)
  void eachClassHasAsManyAsTheLargestAndNoImageIsLost(
      @ForAll @IntRange(min = 1, max = 60) int size, @ForAll int seed) {
    int[] labels = new Random(seed).ints(size, 0, 4).toArray();
    DataSet all = images(4, labels);
    DataSet balanced = Oversampling.balanced(all, seed);
    int largest = Arrays.stream(all.imagesPerClass()).max().orElseThrow();
    int[] copies = copies(balanced, size);
    for (int c = 0; c < 4; c++) {
      int label = c;
      int[] ofClass =
          IntStream.range(0, size).filter(i -> labels[i] == label).map(i -> copies[i]).toArray();
      if (ofClass.length > 0) {
        assertEquals(largest, balanced.imagesPerClass()[c]);
        int least = Arrays.stream(ofClass).min().orElseThrow();
        assertTrue(least >= 1 && Arrays.stream(ofClass).max().orElseThrow() <= least + 1);
      }
    }
  }

  @Test
  void copiesOfAnImageStayOnOneSideOfASplit() {
    DataSet balanced = Oversampling.balanced(images(2, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0), 5);
    for (int seed = 0; seed < 10; seed++) {
      int[] drawn = balanced.draw(EpochOrder.of(balanced.size(), seed).next(), 5);
      Set<Byte> held = new HashSet<>();
      for (int index : drawn) {
        held.add(balanced.image(index)[0]);
      }
      DataSet rest = balanced.without(drawn);
      for (int i = 0; i < rest.size(); i++) {
        assertFalse(held.contains(rest.image(i)[0]));
      }
    }
  }

  @Test
  void otherSourcesAreOversampledByTheirOneHotTargets() {
    ExampleSet kinds =
        ExampleSet.builder()
            .input("x", new float[] {0, 1, 2}, 1)
            .classTarget("kind", new int[] {1, 0, 0}, 2)
            .build();
    Source balanced = Oversampling.balanced(kinds, 1);
    assertEquals(4, balanced.size());
    assertArrayEquals(new long[] {2, 2}, ClassCounts.of(balanced).counts());
    assertArrayEquals(new float[] {0, 0, 1, 2}, balanced.read(0, 1, 2, 3).input());
  }

  /**
   * Weights 0, 1 and 3: of 4,000 draws, about 1,000 and 3,000; five standard deviations are 137.
   */
  @Test
  void drawsInProportionToWeights() {
    DataSet drawn = Oversampling.weighted(images(1, 0, 0, 0), new double[] {0, 1, 3}, 4000, 9);
    int[] copies = copies(drawn, 3);
    assertEquals(0, copies[0]);
    assertEquals(1000, copies[1], 137);
    assertEquals(4000, drawn.size());
    assertArrayEquals(
        copies,
        copies(Oversampling.weighted(images(1, 0, 0, 0), new double[] {0, 1, 3}, 4000, 9), 3));
  }

  @Test
  void badWeightsAreNamed() {
    DataSet two = images(1, 0, 0);
    for (double[] weights : new double[][] {{1}, {1, -1}, {0, 0}, {1, Double.NaN}}) {
      assertTrue(
          assertThrows(
                  IllegalArgumentException.class, () -> Oversampling.weighted(two, weights, 3, 1))
              .getMessage()
              .contains("weights"));
    }
  }
}
