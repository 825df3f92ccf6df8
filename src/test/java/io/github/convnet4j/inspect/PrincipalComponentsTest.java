package io.github.convnet4j.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares with numpy's figures, printed by {@code src/test/python/print_components.py}. */
class PrincipalComponentsTest {
  @Test
  void equalNumpysSingularValueDecomposition() throws IOException {
    Iterator<String> lines = lines().iterator();
    int cases = 0;
    for (; lines.hasNext(); cases++) {
      double[] size = numbers(lines.next());
      int rows = (int) size[0];
      double[] values = numbers(lines.next());
      float[] floats = new float[values.length]; // integers, so the conversion is exact
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      PrincipalComponents found = PrincipalComponents.of(floats, rows, 2);
      for (int c = 0; c < 2; c++) {
        int component = c;
        double[] variance = numbers(lines.next());
        assertEquals(variance[0], found.variance(c), variance[0] * 1e-9);
        assertEquals(variance[1], found.varianceShare(c), 1e-9);
        assertArrayEquals(numbers(lines.next()), found.direction(c), 1e-8);
        assertArrayEquals(
            numbers(lines.next()),
            IntStream.range(0, rows).mapToDouble(row -> found.score(row, component)).toArray(),
            1e-6);
      }
    }
    assertEquals(5, cases);
  }

  private static Iterable<String> lines() throws IOException {
    try (InputStream in = PrincipalComponentsTest.class.getResourceAsStream("components.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void pointsOnALineHaveASingleDirection() {
    // (1, 1), (3, 3), (5, 5): the mean is (3, 3), the scores -2 sqrt 2, 0, 2 sqrt 2.
    PrincipalComponents found = PrincipalComponents.of(new float[] {1, 1, 3, 3, 5, 5}, 3, 2);
    assertEquals(2 * Math.sqrt(2), found.score(2, 0), 1e-12);
    assertEquals(8, found.variance(0), 1e-12);
    assertEquals(1, found.varianceShare(0), 1e-12);
    assertEquals(0, found.variance(1), 1e-12);
  }

  @Test
  void equalPointsHaveNoVariance() {
    PrincipalComponents found = PrincipalComponents.of(new float[] {4, 2, 4, 2, 4, 2}, 3, 2);
    assertEquals(0, found.varianceShare(0));
    assertEquals(0, found.score(1, 0));
  }

  @Test
  void refusesBadArgumentsByName() {
    assertMessage(
        "values must be finite: row 1, column 0 is NaN",
        () -> PrincipalComponents.of(new float[] {1, 2, Float.NaN, 4}, 2, 1));
    assertMessage("rows must be at least 2: 1", () -> PrincipalComponents.of(new float[3], 1, 1));
    assertMessage(
        "the number of values must be a multiple of rows, 2: 3",
        () -> PrincipalComponents.of(new float[3], 2, 1));
    assertMessage(
        "components must be from 1 to 2: 3", () -> PrincipalComponents.of(new float[6], 3, 3));
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
