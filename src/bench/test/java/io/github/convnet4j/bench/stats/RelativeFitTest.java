package io.github.convnet4j.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class RelativeFitTest {
  private static final double TOLERANCE = 1e-9;

  @Test
  void findsTheLineThroughPointsOnALine() {
    RelativeFit line = RelativeFit.line(new double[] {1, 10, 1000}, new double[] {5, 23, 2003});
    assertEquals(3, line.coefficients().get(0), TOLERANCE);
    assertEquals(2, line.coefficients().get(1), TOLERANCE);
    assertEquals(0, line.worst(), TOLERANCE);
    assertEquals(43, line.at(1, 20), TOLERANCE);
  }

  @Test
  void twoPointsDetermineALine() {
    RelativeFit line = RelativeFit.line(new double[] {1, 0.5}, new double[] {50, 30});
    assertEquals(10, line.coefficients().get(0), TOLERANCE);
    assertEquals(40, line.coefficients().get(1), TOLERANCE);
  }

  /**
   * One coefficient c for the quantities 1 and 2, where 1 and 4 were measured: (c - 1)² + (c / 2 -
   * 1)² is minimal at 2(c - 1) + (c / 2 - 1) = 0, so c = 1.2. The second measurement is then 4 /
   * 2.4 - 1 = 2/3 above.
   */
  @Test
  void errorsAreRelative() {
    RelativeFit fit = RelativeFit.of(new double[][] {{1}, {2}}, new double[] {1, 4});
    assertEquals(1.2, fit.coefficients().get(0), TOLERANCE);
    assertEquals(2 / 3.0, fit.worst(), TOLERANCE);
    assertEquals(1, fit.worstAt());
  }

  @Test
  void handlesVeryDifferentMagnitudes() {
    double[][] quantities = {{1, 1e9, 1}, {1, 2e9, 5}, {1, 4e9, 3}, {1, 1e9, 7}};
    double[] measured = {3.1, 5.5, 9.3, 3.7};
    RelativeFit fit = RelativeFit.of(quantities, measured);
    assertEquals(
        List.of(1.0, 2.0, 0.1), fit.coefficients().stream().map(RelativeFitTest::scaled).toList());
  }

  /** The second coefficient is 2e-9. */
  private static double scaled(double coefficient) {
    double large = coefficient < 1e-3 ? coefficient * 1e9 : coefficient;
    return Math.rint(large * 1e6) / 1e6;
  }

  @Test
  void refusesTooFewPoints() {
    assertEquals(
        "measured must have at least 2 values, one for each coefficient: 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> RelativeFit.line(new double[] {1}, new double[] {1}))
            .getMessage());
  }

  @Test
  void refusesPointsAtTheSamePlace() {
    assertThrows(
        IllegalArgumentException.class,
        () -> RelativeFit.line(new double[] {4, 4, 4}, new double[] {1, 2, 3}));
  }
}
