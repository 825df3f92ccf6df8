package io.github.convnet4j.bench.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.bench.memory.Series.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void measuresASteadyLeakInBytes() {
    Series series =
        new Series(
            "work",
            List.of(
                new Point(20, 1160),
                new Point(40, 1320),
                new Point(60, 1480),
                new Point(100, 1800)));
    assertEquals(8, series.bytesPerRepetition(), 1e-9);
  }

  @Test
  void memoryAllocatedAtTheStartIsNotALeak() {
    Series series =
        new Series(
            "work",
            List.of(
                new Point(1, 10), new Point(19, 4000), new Point(20, 5000), new Point(100, 5000)));
    assertEquals(0, series.bytesPerRepetition(), 1e-9);
    assertEquals(List.of(new Point(20, 5000), new Point(100, 5000)), series.settled());
  }
}
