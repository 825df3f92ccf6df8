package io.github.convnet4j.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class ChartsTest {
  private static EpochResult epoch(int epoch, double cost, double accuracy) {
    return new EpochResult(epoch, cost, Map.of("accuracy", accuracy), Optional.empty());
  }

  private static EpochResult epoch(int epoch, double cost, double loss, int correct) {
    int[] predictions = new int[4];
    Arrays.fill(predictions, 0, correct, 1);
    ConfusionMatrix matrix =
        ConfusionMatrix.of(List.of("a", "b"), new int[] {1, 1, 1, 1}, predictions);
    Scores validation =
        Scores.of(loss, 4, Map.of("accuracy", correct / 4.0)).withConfusionMatrix(matrix);
    return new EpochResult(epoch, cost, Map.of("accuracy", 0.5), Optional.of(validation));
  }

  private static Document draw(String svg) {
    return Jsoup.parse(svg, "", Parser.xmlParser());
  }

  private static double[] heights(Document chart, int line) {
    return Arrays.stream(chart.select("path").get(line).attr("d").split("[ML]", -1))
        .filter(point -> !point.isEmpty())
        .mapToDouble(point -> Double.parseDouble(point.split(" ", -1)[1]))
        .toArray();
  }

  /** The axis runs from 0 at y = 244 to 1 at y = 34. */
  @Test
  void severalRunsAreCompared() {
    Map<String, List<Double>> lines = new LinkedHashMap<>();
    lines.put("one", List.of(0.0, 0.5));
    lines.put("two", List.of(1.0, 1.0));
    Document chart = draw(Charts.compare("Test accuracy", List.of(5, 10), lines, 1));
    assertArrayEquals(new double[] {244, 139}, heights(chart, 0), 0.05);
    assertArrayEquals(new double[] {34, 34}, heights(chart, 1), 0.05);
    assertEquals(
        "Test accuracy by epoch. After epoch 10: one 0.5000, two 1.0000",
        chart.selectFirst("svg").attr("aria-label"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Charts.compare("Cost", List.of(1, 2, 3), lines))
            .getMessage();
    assertTrue(message.contains("3") && message.contains("one has 2"), message);
    assertThrows(IllegalArgumentException.class, () -> Charts.compare("Cost", List.of(), lines));
    assertThrows(
        IllegalArgumentException.class, () -> Charts.compare("Cost", List.of(1), Map.of()));
  }

  @Test
  void linesPassThroughTheNumbers() {
    // The axis runs from 0 at y = 244 to 2 at y = 34: 105 units for 1.
    History history =
        new History(List.of(epoch(1, 2, 1.5, 2), epoch(2, 1, 1, 3), epoch(3, 0.5, 0.8, 4)));
    Document chart = draw(Charts.cost(history));
    assertArrayEquals(new double[] {34, 139, 191.5}, heights(chart, 0), 0.05);
    assertArrayEquals(new double[] {86.5, 139, 160}, heights(chart, 1), 0.05);
    assertEquals(
        "Cost by epoch. After epoch 3: training 0.5000, validation 0.8000",
        chart.selectFirst("svg").attr("aria-label"));
  }

  @Test
  void validationAccuracyIsTheShareOfCorrectImages() {
    // The axis runs from 0.5 to 1 in 210 units.
    History history = new History(List.of(epoch(4, 2, 1.5, 2), epoch(5, 1, 1, 3)));
    Document chart = draw(Charts.accuracy(history));
    assertArrayEquals(new double[] {244, 139}, heights(chart, 1), 0.05);
    assertEquals(
        List.of("training, epoch 4: 0.5000", "training, epoch 5: 0.5000"),
        chart.select("g").get(0).select("title").eachText());
  }

  @Test
  void aNumberThatIsNotFiniteLeavesAGap() {
    History history =
        new History(
            List.of(
                epoch(1, 4, 0.1), epoch(2, Double.NaN, 0.1), epoch(3, 2, 0.1), epoch(4, 1, 0.1)));
    Document chart = draw(Charts.cost(history));
    String path = chart.select("path").get(0).attr("d");
    assertEquals("MML", path.replaceAll("[^ML]", ""), path);
    assertEquals(1, chart.select("path").size(), "no validation, no line");
  }

  @Test
  void aSingleEpochIsAPoint() {
    Document chart = draw(Charts.cost(new History(List.of(epoch(7, 0, 1)))));
    assertEquals(1, chart.select("circle").size());
  }

  @Test
  void aMetricThatOnlyTheValidationHasIsASingleDashedLine() {
    Scores validation = Scores.of(1, 4, Map.of("r2", -0.5));
    History history =
        new History(
            List.of(new EpochResult(1, 2, Map.of(), Optional.of(validation)), epoch(2, 1, 1)));
    Document chart = draw(Charts.metric(history, "r2"));
    assertEquals(1, chart.select("path").size());
    assertTrue(chart.selectFirst("path").hasAttr("stroke-dasharray"));
    assertEquals("validation, epoch 1: -0.5000", chart.selectFirst("circle title").text());
    assertEquals("R\u00b2 by epoch. After epoch 2: ", chart.selectFirst("svg").attr("aria-label"));
  }

  @Test
  void theAxisOfAnErrorStartsAtZeroAndThatOfAnAccuracyEndsAtOne() {
    Map<String, Double> values = Map.of("mean_absolute_error", 3.0, "accuracy", 0.5, "psnr", 20.5);
    History history = new History(List.of(new EpochResult(1, 2, values, Optional.empty())));
    assertEquals("0", ticks(Charts.metric(history, "mean_absolute_error")).get(0));
    assertTrue(ticks(Charts.metric(history, "accuracy")).contains("1"));
    assertFalse(ticks(Charts.metric(history, "psnr")).contains("0"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Charts.metric(history, "f1"))
            .getMessage();
    assertTrue(message.contains("f1") && message.contains("psnr"), message);
  }

  /** Returns the numbers along the vertical axis. */
  private static List<String> ticks(String svg) {
    return draw(svg).select("text[text-anchor=end]").eachText();
  }

  @Test
  void predictionsThatEqualTheirTargetsLieOnTheDiagonal() {
    float[] targets = {1, 2, 4, Float.NaN, 5};
    float[] predictions = {1, 2, 4, 3, Float.POSITIVE_INFINITY};
    Document chart = draw(Charts.predictions("age", targets, predictions));
    assertEquals(3, chart.select("circle").size(), "without those that are not finite");
    Element diagonal = chart.selectFirst("line[stroke-dasharray]");
    double x1 = Double.parseDouble(diagonal.attr("x1"));
    double slope =
        (Double.parseDouble(diagonal.attr("y2")) - Double.parseDouble(diagonal.attr("y1")))
            / (Double.parseDouble(diagonal.attr("x2")) - x1);
    for (Element point : chart.select("circle")) {
      double expected =
          Double.parseDouble(diagonal.attr("y1"))
              + slope * (Double.parseDouble(point.attr("cx")) - x1);
      assertEquals(expected, Double.parseDouble(point.attr("cy")), 0.11);
    }
    assertEquals("target 2, predicted 2", chart.select("circle title").get(1).text());
    assertThrows(
        IllegalArgumentException.class, () -> Charts.predictions("age", targets, new float[2]));
  }

  @Test
  void aChartOfManyPredictionsHasAThousandPoints() {
    float[] values = new float[5000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Document chart = draw(Charts.predictions("n", values, values));
    assertEquals(1000, chart.select("circle").size());
    assertEquals("target 4995, predicted 4995", chart.select("circle title").last().text());
  }

  @Test
  void refusesAHistoryWithoutEpochs() {
    assertThrows(IllegalStateException.class, () -> Charts.cost(new History(List.of())));
  }
}
