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
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Compares with scikit-learn's metrics of the same predictions, from {@code metrics.jsonl} or from
 * the file in the system property {@code evaluate.metrics}. {@code
 * src/test/python/print_metrics.py} writes both.
 */
class MetricsPairsTest {
  /**
   * All numbers are means of a few hundred terms of at most 40, so their rounding errors are at
   * most a few hundred times 40 x 1e-16, divided by the number of terms.
   */
  private static final double CLOSE = 1e-12;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void equalsScikitLearn() throws IOException {
    try (BufferedReader reader = open()) {
      String version = JSON.readTree(reader.readLine()).path("scikit-learn").asText();
      assertEquals("1.9.1", version);
      int count = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        compare(new MetricsPair(JSON.readTree(line)));
        count++;
      }
      assertTrue(count >= 70, "cases: " + count);
    }
  }

  private static BufferedReader open() throws IOException {
    String file = System.getProperty("evaluate.metrics");
    return file != null
        ? Files.newBufferedReader(Path.of(file))
        : new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(MetricsPairsTest.class.getResourceAsStream("metrics.jsonl")),
                StandardCharsets.UTF_8));
  }

  private static void compare(MetricsPair pair) {
    LabelledPredictions predictions = pair.predictions();
    same(pair, "accuracy", predictions.accuracy());
    ConfidenceInterval interval = predictions.accuracyInterval();
    same(pair, "wilson", interval.low(), interval.high());
    if (predictions.classNames().size() > 2) {
      same(
          pair,
          "top",
          IntStream.rangeClosed(1, predictions.classNames().size())
              .mapToDouble(predictions::topKAccuracy)
              .toArray());
    }
    same(pair, "logLoss", predictions.logLoss());
    same(pair, "brier", predictions.brierScore());
    same(pair, "calibration15", predictions.calibration().expectedError());
    same(pair, "calibration10", predictions.calibration(10).expectedError());
    compareAreas(pair, predictions.rocAuc());
    compareReports(pair, predictions);
  }

  private static void compareAreas(MetricsPair pair, RocAuc auc) {
    same(pair, "areas", auc.areas().stream().mapToDouble(MetricsPairsTest::orNan).toArray());
    same(pair.numbers("area", "macro"), pair, "macro area", orNan(auc.macro()));
    same(pair.numbers("area", "weighted"), pair, "weighted area", orNan(auc.weighted()));
  }

  private static void compareReports(MetricsPair pair, LabelledPredictions predictions) {
    List<ClassScores> classes = predictions.report().classes();
    same(pair, "precision", each(classes, ClassScores::precision));
    same(pair, "recall", each(classes, ClassScores::recall));
    same(pair, "f1", each(classes, ClassScores::f1));
    same(pair, "support", each(classes, ClassScores::support));
    for (JsonNode expected : pair.reports()) {
      ClassificationReport report =
          ClassificationReport.of(
              predictions.confusionMatrix(), MetricsPair.ints(expected.get("classes")));
      assertEquals(
          expected.get("text").textValue(),
          report.text(expected.get("digits").intValue()),
          pair::toString);
      sameMean(expected, "micro", report.micro(), pair);
      sameMean(expected, "macro", report.macro(), pair);
      sameMean(expected, "weighted", report.weighted(), pair);
    }
    assertEquals(pair.reports().get(0).get("text").textValue(), predictions.report().toString());
  }

  private static void sameMean(JsonNode report, String mean, ClassScores scores, MetricsPair pair) {
    same(
        MetricsPair.numbers(report.get(mean)),
        pair,
        mean,
        scores.precision(),
        scores.recall(),
        scores.f1());
  }

  private static void same(MetricsPair pair, String name, double... actual) {
    same(pair.numbers(name), pair, name, actual);
  }

  private static void same(double[] expected, MetricsPair pair, String name, double... actual) {
    assertArrayEquals(expected, actual, CLOSE, () -> name + " of " + pair);
  }

  private static double[] each(List<ClassScores> classes, ToDoubleFunction<ClassScores> score) {
    return classes.stream().mapToDouble(score).toArray();
  }

  private static double orNan(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }
}
