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

  /** Printed by numpy 2.4.6: {@code (1 / np.arange(1., n + 1)).sum()}, {@code np.full(n, 0.1)}. */
  @Test
  void addsInNumpysOrder() {
    assertEquals(5.591180588643879, PairwiseSum.of(harmonic(150))); // one by one: …881
    assertEquals(6.282663880299504, PairwiseSum.of(harmonic(300))); // …502
    assertEquals(7.485470860550345, PairwiseSum.of(harmonic(1000))); // …343
    double[] tenths = new double[8];
    Arrays.fill(tenths, 0.1);
    assertEquals(0.8, PairwiseSum.of(tenths)); // 0.7999999999999999
  }

  private static double[] harmonic(int n) {
    return IntStream.rangeClosed(1, n).mapToDouble(i -> 1.0 / i).toArray();
  }

  @Test
  void isMoreAccurateThanAddingOneByOne() {
    double[] tenths = new double[1 << 20];
    Arrays.fill(tenths, 0.1);
    double oneByOne = 0;
    for (double tenth : tenths) {
      oneByOne += tenth;
    }
    // 2^20 equal terms double at each step of the tree, which is exact.
    assertEquals(0.1 * (1 << 20), PairwiseSum.of(tenths), 1e-10);
    assertNotEquals(0.1 * (1 << 20), oneByOne, 1e-7);
  }
}
