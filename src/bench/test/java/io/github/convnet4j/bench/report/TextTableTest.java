package io.github.convnet4j.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TextTable table = new TextTable("name", "ms");
    table.add("a", "12.5");
    table.add("longer", "1");
    assertEquals("name    ms\na       12.5\nlonger  1", table.toString());
  }

  @Test
  void refusesARowOfAnotherLength() {
    TextTable table = new TextTable("name", "ms");
    assertThrows(IllegalArgumentException.class, () -> table.add("a"));
  }
}
