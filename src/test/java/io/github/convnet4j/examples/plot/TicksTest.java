package io.github.convnet4j.examples.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {
  /** Compares with what matplotlib computes: {@code src/test/python/print_ticks.py}. */
  @Test
  void hasTheSameLabelsAsMatplotlib() throws IOException {
    List<String> lines;
    try (InputStream in = TicksTest.class.getResourceAsStream("ticks.txt")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertEquals(216, lines.size());
    for (String line : lines) {
      String[] parts = line.split(" ", 4);
      Ticks ticks =
          Ticks.of(
              Integer.parseInt(parts[1]),
              Double.parseDouble(parts[2]),
              Ticks.Direction.valueOf(parts[0]));
      assertEquals(line, String.join(" ", parts[0], parts[1], parts[2], join(ticks)));
    }
  }

  @Test
  void aDigitHasATickEveryFivePixels() {
    assertEquals("0 5 10 15 20 25", join(Ticks.of(28, 370, Ticks.Direction.ACROSS)));
  }

  private static String join(Ticks ticks) {
    return String.join(" ", ticks.labels());
  }
}
