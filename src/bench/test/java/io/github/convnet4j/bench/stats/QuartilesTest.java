package io.github.convnet4j.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuartilesTest {
  @Test
  void interpolatesAsNumpyDoes() {
    // numpy.percentile([4, 1, 3, 2], [25, 50, 75]): a quarter of the way from 1 to 4 is 1.75.
    assertEquals(new Quartiles(4, 1.75, 2.5, 3.25), Quartiles.of(4, 1, 3, 2));
  }

  @Test
  void aSingleNumberIsAllQuartiles() {
    assertEquals(new Quartiles(1, 7, 7, 7), Quartiles.of(List.of(7.0)));
  }

  @Test
  void interpolatesPercentiles() {
    double[] to100 = new double[101];
    for (int i = 0; i < to100.length; i++) {
      to100[i] = 100 - i;
    }
    assertEquals(99, Quartiles.percentile(99, to100), 1e-12);
  }

  @Test
  void refusesNothingAndNaN() {
    assertThrows(IllegalArgumentException.class, Quartiles::of);
    assertThrows(IllegalArgumentException.class, () -> Quartiles.of(1, Double.NaN));
  }
}
