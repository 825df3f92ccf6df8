package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RunningSumTest {
  private static double sum(double... values) {
    RunningSum sum = new RunningSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum.value();
  }

  @Test
  void keepsWhatIsLostByRounding() {
    assertEquals(2, sum(1, 1e100, 1, -1e100));
    double[] tenths = new double[10_000_000];
    Arrays.fill(tenths, 0.1);
    assertEquals(1e6, sum(tenths), 1e-9);
    assertEquals(0, sum());
  }

  @Test
  void whatIsNotFiniteStaysSo() {
    assertEquals(Double.POSITIVE_INFINITY, sum(1, Double.POSITIVE_INFINITY, 1));
    assertEquals(Double.NaN, sum(1, Double.NaN, 1));
    assertEquals(Double.NaN, sum(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
  }
}
