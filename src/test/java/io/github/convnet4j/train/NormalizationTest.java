package io.github.convnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizationTest {
  /** (0 - mean) / deviation is black, and (1 - mean) / deviation is white. */
  @ParameterizedTest
  @CsvSource({"0, 255", "-1, 1", "-0.5, 0.5", "16, 235"})
  void toRangeGivesBlackAndWhiteTheirValues(double black, double white) {
    Normalization normalization = Normalization.toRange(black, white);
    double mean = normalization.mean().get(0);
    double deviation = normalization.standardDeviation().get(0);
    assertEquals(black, (0 - mean) / deviation, 1e-12);
    assertEquals(white, (1 - mean) / deviation, 1e-12);
  }

  @Test
  void theRangeOfPixelsNeedsNoOperations() {
    assertEquals(Normalization.unit(), Normalization.toRange(0, 1));
    assertEquals(List.of(0.0), Normalization.toRange(0, 255).mean());
  }

  @ParameterizedTest
  @CsvSource({"1, 0, white", "2, 2, white", "NaN, 1, black", "0, Infinity, white"})
  void refusesWhatIsNoRange(double black, double white, String named) {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> Normalization.toRange(black, white));
    assertTrue(e.getMessage().startsWith(named), e.getMessage());
  }
}
