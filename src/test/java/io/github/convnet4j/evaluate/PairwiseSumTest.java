package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairwiseSumTest {
  @Test
  void addsAnyNumberOfTerms() {
    for (int n = 0; n <= 1100; n++) {
      double[] values = IntStream.range(0, n).mapToDouble(i -> i).toArray();
      assertEquals(n * (n - 1) / 2.0, PairwiseSum.of(values));
    }
  }

  @Test
  void losesLessThanAddingOneByOne() {
    double[] tenths = new double[1 << 20];
    Arrays.fill(tenths, 0.1);
    double oneByOne = 0;
    for (double tenth : tenths) {
      oneByOne += tenth;
    }
    // 2^20 equal terms double at each step of the tree, which loses nothing.
    assertEquals(0.1 * (1 << 20), PairwiseSum.of(tenths), 1e-10);
    assertNotEquals(0.1 * (1 << 20), oneByOne, 1e-7);
  }
}
