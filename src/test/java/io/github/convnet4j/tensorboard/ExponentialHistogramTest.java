package io.github.convnet4j.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.HistogramProto;

class ExponentialHistogramTest {
  /** A line that {@code src/test/python/print_events.py histograms} printed. */
  record Figures(
      String name,
      List<Float> values,
      double min,
      double max,
      double num,
      double sum,
      double squares,
      List<Double> limits,
      List<Double> counts) {}

  static Stream<Figures> figures() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream in = ExponentialHistogramTest.class.getResourceAsStream("histograms.jsonl")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Figures> figures = new ArrayList<>();
      for (String line : text.lines().toList()) {
        figures.add(mapper.readValue(line, Figures.class));
      }
      return figures.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("figures")
  void bucketsAndSumsEqualThoseOfTensorFlowInPython(Figures expected) {
    HistogramProto histogram = ExponentialHistogram.of(array(expected.values()));
    assertEquals(expected.limits(), histogram.getBucketLimitList());
    assertEquals(expected.counts(), histogram.getBucketList());
    assertEquals(expected.min(), histogram.getMin());
    assertEquals(expected.max(), histogram.getMax());
    assertEquals(expected.num(), histogram.getNum());
    assertEquals(expected.sum(), histogram.getSum());
    assertEquals(expected.squares(), histogram.getSumSquares());
  }

  @Property(tries = 200)
  void everyNumberIsInOneBucketAndBelowItsLimit(@ForAll @Size(min = 1) List<Float> values) {
    HistogramProto histogram = ExponentialHistogram.of(array(values));
    long below = 0;
    for (int i = 0; i < histogram.getBucketCount(); i++) {
      below += (long) histogram.getBucket(i);
      double limit = histogram.getBucketLimit(i);
      assertEquals(values.stream().filter(v -> v < limit).count(), below, "below " + limit);
    }
    assertEquals(values.size(), below);
    assertTrue(histogram.getBucketCount() <= 2 * values.size() + 1);
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
