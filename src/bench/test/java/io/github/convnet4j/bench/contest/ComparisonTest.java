package io.github.convnet4j.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Map<String, List<Double>> times = new LinkedHashMap<>();

  ComparisonTest() {
    times.put("a", List.of(1.0, 2.0));
    times.put("b", List.of(2.0, 4.0));
    times.put("c", List.of(6.0, 12.0));
  }

  @Test
  void comparesAllWithTheFirst() {
    assertEquals(1, new Comparison(times).toFirst("a").ratio().median());
    assertEquals(6, new Comparison(times).toFirst("c").ratio().median());
  }

  @Test
  void comparesEachPairOnce() {
    assertEquals(
        List.of("b/a 2.0", "c/a 6.0", "c/b 3.0"),
        new Comparison(times)
            .pairs().stream()
                .map(pair -> pair.name() + "/" + pair.to() + " " + pair.ratio().median())
                .toList());
  }
}
