package io.github.convnet4j.model;

import io.github.convnet4j.RiskyCases;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the numbers in a layer's description are, it is refused in words or computed. */
class ExtremeOptionsTest {
  private static final int BATCHES = 4;

  /** A prime, so that the values and the layers differ from case to case. */
  private static final int SOME = 23;

  @TempDir private Path folder;

  @Test
  void someExtremesAreRefusedOrComputed() throws Exception {
    RiskyCases.check(ExtremeOptions.class, folder, 0, SOME, ExtremeOptions.COMPUTED);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everyExtremeIsRefusedOrComputed(int batch) throws Exception {
    RiskyCases.check(ExtremeOptions.class, folder, batch, BATCHES, ExtremeOptions.COMPUTED);
  }
}
