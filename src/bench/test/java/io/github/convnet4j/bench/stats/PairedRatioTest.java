package io.github.convnet4j.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRatioTest {
  @Test
  void aMachineThatSlowsDownDoesNotChangeTheRatio() {
    PairedRatio ratio =
        PairedRatio.of("slow", List.of(2.0, 4.0, 80.0), "quick", List.of(1.0, 2.0, 40.0));
    assertEquals(new Quartiles(3, 2, 2, 2), ratio.ratio());
  }

  @Test
  void isTheMedianOfTheRatiosNotTheRatioOfTheMedians() {
    // The rounds' ratios are 3, 1 and 2; the medians would give 3 / 2.
    PairedRatio ratio = PairedRatio.of("a", List.of(3.0, 2.0, 8.0), "b", List.of(1.0, 2.0, 4.0));
    assertEquals(new Quartiles(3, 1.5, 2, 2.5), ratio.ratio());
  }

  @Test
  void refusesRoundsThatDoNotPair() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PairedRatio.of("a", List.of(1.0), "b", List.of(1.0, 2.0)));
    assertThrows(
        IllegalArgumentException.class, () -> PairedRatio.of("a", List.of(1.0), "b", List.of(0.0)));
  }
}
