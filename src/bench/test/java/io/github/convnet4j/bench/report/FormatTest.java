package io.github.convnet4j.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.bench.stats.Quartiles;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void formatsSecondsAsMillisecondsWithThreeDigits() {
    assertEquals("0.352", Format.milliseconds(0.00035246));
    assertEquals("38.2", Format.milliseconds(0.0382146));
    assertEquals("3190", Format.milliseconds(3.191));
    assertEquals("2.00 [1.00 3.00]", Format.milliseconds(new Quartiles(3, 0.001, 0.002, 0.003)));
  }

  @Test
  void formatsBytesAsMebibytes() {
    assertEquals("3", Format.mebibytes(OptionalLong.of(3 << 20)));
    assertEquals("not available", Format.mebibytes(OptionalLong.empty()));
  }
}
