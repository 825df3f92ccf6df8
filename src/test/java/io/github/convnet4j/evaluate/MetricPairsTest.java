package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/**
 * Compares the built-in metrics with scikit-learn's, from {@code tallies.jsonl} or from the file in
 * the system property {@code evaluate.tallies}. {@code src/test/python/print_tallies.py} writes
 * both.
 */
class MetricPairsTest {
  /** Sums of a few hundred terms have rounding errors of some 1e-14 of their size. */
  private static final double CLOSE = 1e-12;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void equalsScikitLearn() throws IOException {
    Set<String> compared = new HashSet<>();
    try (BufferedReader reader = open()) {
      assertEquals("1.9.1", JSON.readTree(reader.readLine()).path("scikit-learn").asText());
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode pair = JSON.readTree(line);
        for (Map.Entry<String, JsonNode> value : pair.get("values").properties()) {
          compare(pair, value.getKey(), number(value.getValue()));
          compared.add(value.getKey());
        }
      }
    }
    assertTrue(compared.containsAll(Metrics.names()), "compared: " + compared);
  }

  private static BufferedReader open() throws IOException {
    String file = System.getProperty("evaluate.tallies");
    return file != null
        ? Files.newBufferedReader(Path.of(file))
        : new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(MetricPairsTest.class.getResourceAsStream("tallies.jsonl")),
                StandardCharsets.UTF_8));
  }

  private static void compare(JsonNode pair, String name, double expected) {
    Examples examples =
        new Examples(
            shape(pair.get("prediction")),
            shape(pair.get("target")),
            floats(pair.get("predictions")),
            floats(pair.get("targets")));
    Metric metric = Metrics.named(name);
    assertEquals(name, metric.name());
    double actual = examples.tally(metric, examples.size()).value();
    assertEquals(
        expected,
        actual,
        Double.isNaN(expected) ? CLOSE : CLOSE * Math.max(1, Math.abs(expected)),
        () -> "%s of %s".formatted(name, pair));
    Metric.Tally inBatches = examples.tally(metric, 7);
    assertEquals(actual, inBatches.value(), name);
    // States differ only in how the examples are divided, which they do not hold.
    assertArrayEquals(examples.tally(metric, 3).state(), inBatches.state(), name);
  }

  private static Shape shape(JsonNode dimensions) {
    return Shape.of(
        IntStream.range(0, dimensions.size()).mapToLong(i -> dimensions.get(i).asLong()).toArray());
  }

  private static float[] floats(JsonNode node) {
    float[] floats = new float[node.size()];
    int place = 0;
    for (JsonNode number : node) {
      floats[place++] = number.floatValue();
    }
    return floats;
  }

  private static double number(JsonNode node) {
    return node.isNull() ? Double.NaN : node.doubleValue();
  }
}
