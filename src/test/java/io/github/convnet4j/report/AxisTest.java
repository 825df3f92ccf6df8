package io.github.convnet4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  private static List<String> ticks(Axis axis) {
    return axis.ticks().stream().map(Axis::label).toList();
  }

  @Test
  void ticksAreRoundNumbers() {
    assertEquals(List.of("0", "0.2", "0.4", "0.6", "0.8", "1"), ticks(Axis.exact(0, 1, 5, 0, 100)));
    assertEquals(List.of("0.9", "0.95", "1"), ticks(Axis.rounded(0.91, 1, 2, 0, 100)));
    assertEquals(List.of("0", "0.5", "1"), ticks(Axis.rounded(0, 0.93, 2, 0, 100)));
    assertEquals(List.of("\u221220", "0", "20"), ticks(Axis.exact(-30, 30, 3, 0, 100)));
    assertEquals(List.of("0", "5E+7", "1E+8"), ticks(Axis.exact(0, 1e8, 2, 0, 100)));
  }

  @Test
  void epochsAreWholeNumbers() {
    assertEquals(List.of("1", "2", "3"), ticks(Axis.whole(1, 3, 8, 0, 100)));
    assertEquals(List.of("2", "4", "6", "8", "10", "12"), ticks(Axis.whole(1, 13, 7, 0, 100)));
    assertEquals(List.of("5", "6"), ticks(Axis.whole(5, 5, 8, 0, 100)), "a single epoch");
  }

  @Test
  void placesAreProportionalToNumbers() {
    Axis up = Axis.exact(2, 4, 4, 200, 100);
    assertEquals(200, up.place(2));
    assertEquals(150, up.place(3));
    assertEquals(100, up.place(4));
  }

  @Test
  void aRoundedAxisContainsItsRange() {
    Axis axis = Axis.rounded(0.13, 1.07, 5, 0, 1);
    assertEquals(0, axis.low(), 1e-12);
    assertEquals(1.2, axis.high(), 1e-12);
  }
}
