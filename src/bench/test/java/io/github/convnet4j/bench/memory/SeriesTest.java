package io.github.convnet4j.bench.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.bench.memory.Series.Point;
import io.github.convnet4j.bench.process.ProcessUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void measuresASteadyLeakInBytes() {
    Series series =
        new Series(
            "work", List.of(point(20, 1160), point(40, 1320), point(60, 1480), point(100, 1800)));
    assertEquals(8, series.perRepetition(ProcessUsage::residentBytes), 1e-9);
  }

  @Test
  void memoryAllocatedAtTheStartIsNotALeak() {
    Series series =
        new Series(
            "work", List.of(point(1, 10), point(19, 4000), point(20, 5000), point(100, 5000)));
    assertEquals(0, series.perRepetition(ProcessUsage::residentBytes), 1e-9);
    assertEquals(List.of(point(20, 5000), point(100, 5000)), series.settled());
  }

  private static Point point(int repetitions, long residentBytes) {
    return new Point(repetitions, new ProcessUsage(residentBytes, 0, 1, 1));
  }
}
