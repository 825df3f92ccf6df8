package io.github.convnet4j.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.bench.stats.Quartiles;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final Size BASE = new Size(100, 28, 32, 2, 2400, 2);

  @Test
  void timeGrowsWithTheSquareOfTheSide() {
    List<Trend> trends =
        Trend.of(
            List.of(
                point(Axis.SIDE, 10, 2 + 0.01 * 100, OptionalLong.empty()),
                point(Axis.SIDE, 20, 2 + 0.01 * 400, OptionalLong.empty()),
                point(Axis.SIDE, 40, 2 + 0.01 * 1600, OptionalLong.empty())));
    assertEquals(1, trends.size());
    Trend trend = trends.get(0);
    assertEquals(Cost.TIME, trend.cost());
    assertEquals("side²", trend.against());
    assertEquals(2, trend.intercept(), 1e-9);
    assertEquals(0.01, trend.slope(), 1e-9);
    assertEquals(0, trend.worst(), 1e-9);
  }

  @Test
  void threadsShareTheTime() {
    Trend trend =
        Trend.of(
                List.of(
                    point(Axis.THREADS, 1, 10, OptionalLong.empty()),
                    point(Axis.THREADS, 2, 6, OptionalLong.empty())))
            .get(0);
    assertEquals(2, trend.intercept(), 1e-9);
    assertEquals(8, trend.slope(), 1e-9);
  }

  @Test
  void memoryHasALineIfAllOfItWasMeasured() {
    List<Trend> trends =
        Trend.of(
            List.of(
                point(Axis.IMAGES, 1000, 1, OptionalLong.of(1_800_000)),
                point(Axis.IMAGES, 2000, 1, OptionalLong.of(2_600_000))));
    assertEquals(List.of(Cost.TIME, Cost.MEMORY), trends.stream().map(Trend::cost).toList());
    assertEquals(800, trends.get(1).slope(), 1e-6);
    assertEquals(1e6, trends.get(1).intercept(), 1e-3);
  }

  @Test
  void aSinglePointHasNoLine() {
    assertEquals(List.of(), Trend.of(List.of(point(Axis.DEPTH, 2, 1, OptionalLong.empty()))));
  }

  private static Point point(Axis axis, int value, double seconds, OptionalLong bytes) {
    return new Point(
        axis, axis.vary(BASE, value), new Quartiles(1, seconds, seconds, seconds), 1, bytes);
  }
}
