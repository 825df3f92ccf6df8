package io.github.convnet4j.natives;

import io.github.convnet4j.RiskyCases;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The derivative of every operation, also with respect to references to variables, is computed, or
 * refused in words.
 */
class EveryGradientTest {
  /** A prime, so that the operations and the kinds of operands differ from case to case. */
  private static final int SOME = 23;

  @TempDir private Path folder;

  @Test
  void someDerivativesAreComputedOrRefused() throws Exception {
    RiskyCases.check(EveryGradient.class, folder, 0, SOME, EveryGradient.COMPUTED);
  }

  @Test
  @Tag("long")
  void everyDerivativeIsComputedOrRefused() throws Exception {
    RiskyCases.check(EveryGradient.class, folder, 0, 1, EveryGradient.COMPUTED);
  }
}
