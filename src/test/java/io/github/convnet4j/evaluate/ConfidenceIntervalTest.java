package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ConfidenceIntervalTest {
  /** For no hits the upper end is z²/(n + z²), and for all hits the lower end is n/(n + z²). */
  @Test
  void isExactForNoHitsAndForAllHits() {
    double z2 = 3.8414588206941236; // the 95 % quantile of chi-squared with one degree of freedom
    assertEquals(z2 / (10 + z2), ConfidenceInterval.wilson(0, 10).high(), 1e-15);
    assertEquals(10 / (10 + z2), ConfidenceInterval.wilson(10, 10).low(), 1e-15);
    assertEquals(0, ConfidenceInterval.wilson(0, 10).low());
    assertEquals(1, ConfidenceInterval.wilson(10, 10).high());
  }

  /** The measured share is z standard deviations away from each end. */
  @Property(tries = 300)
  void endsLieZStandardDeviationsFromTheShare(
      @ForAll @LongRange(min = 1, max = 1_000_000) long total,
      @ForAll @LongRange(min = 0, max = 1_000_000) long some) {
    long hits = some % (total + 1);
    ConfidenceInterval interval = ConfidenceInterval.wilson(hits, total);
    double share = (double) hits / total;
    assertTrue(0 <= interval.low() && interval.low() <= share, interval::toString);
    assertTrue(share <= interval.high() && interval.high() <= 1, interval::toString);
    for (double end : new double[] {interval.low(), interval.high()}) {
      if (end > 0 && end < 1) {
        double deviation = Math.sqrt(end * (1 - end) / total);
        assertEquals(1.959963984540054, Math.abs(share - end) / deviation, 1e-6);
      }
    }
  }

  @Test
  void refusesCountsThatAreNotAShare() {
    assertEquals(
        "total must be at least 1: 0",
        assertThrows(IllegalArgumentException.class, () -> ConfidenceInterval.wilson(0, 0))
            .getMessage());
    assertEquals(
        "hits must be from 0 to 3: 4",
        assertThrows(IllegalArgumentException.class, () -> ConfidenceInterval.wilson(4, 3))
            .getMessage());
  }

  @Test
  void printsItsEnds() {
    assertEquals("0.9719 to 0.9780 (95 %)", ConfidenceInterval.wilson(9751, 10_000).toString());
  }
}
