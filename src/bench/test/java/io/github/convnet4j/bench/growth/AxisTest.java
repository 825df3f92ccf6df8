package io.github.convnet4j.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AxisTest {
  private static final Size BASE = new Size(1, 2, 3, 4, 5, 6);

  @ParameterizedTest
  @EnumSource(Axis.class)
  void variesOnlyItsOwnValue(Axis axis) {
    Size varied = axis.vary(BASE, 99);
    assertEquals(99, axis.of(varied));
    Arrays.stream(Axis.values())
        .filter(other -> other != axis)
        .forEach(other -> assertEquals(other.of(BASE), other.of(varied)));
  }

  @ParameterizedTest
  @EnumSource(Axis.class)
  void argumentsRoundTrip(Axis axis) {
    Size varied = axis.vary(BASE, 99);
    assertEquals(varied, Size.of(varied.arguments()));
  }
}
