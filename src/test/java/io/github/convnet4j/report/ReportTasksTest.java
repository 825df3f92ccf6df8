package io.github.convnet4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.MultiLabelReport;
import io.github.convnet4j.evaluate.RegressionReport;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.evaluate.SegmentationReport;
import io.github.convnet4j.evaluate.SegmentationReport.ClassOverlap;
import io.github.convnet4j.natives.Locales;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.SegmentedImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;

/** Pages on models that do not classify. */
class ReportTasksTest {
  private static final int TESTED = 257;

  /** Returns a page, which must be well-formed and self-contained. */
  private static Document page(TrainedTask<?> trained) {
    String html =
        Report.of(trained.model(), trained.test())
            .history(trained.history())
            .fitOptions(trained.options())
            .mistakes(6)
            .toHtml();
    Parser parser = Parser.htmlParser().setTrackErrors(20);
    Document page = parser.parseInput(html, "");
    assertEquals(List.of(), parser.getErrors());
    for (Element element : page.select("[src], [href]")) {
      String target = element.attr(element.hasAttr("src") ? "src" : "href");
      assertTrue(target.startsWith("#") || target.startsWith("data:image/png"), target);
    }
    for (Element image : page.select("img, svg")) {
      assertFalse(image.attr(image.normalName().equals("svg") ? "aria-label" : "alt").isBlank());
    }
    List<String> ids = page.select("main > section").eachAttr("id");
    assertEquals(ids.stream().map(id -> "#" + id).toList(), page.select("nav a").eachAttr("href"));
    return page;
  }

  private static void assertSections(Document page, String... ids) {
    assertEquals(List.of(ids), page.select("main > section").eachAttr("id"));
  }

  private static List<List<String>> rows(Document page, String table) {
    return page.select(table + " tbody tr").stream()
        .map(row -> row.select("th, td").stream().map(Element::text).toList())
        .toList();
  }

  private static String fact(Document page, String section, String name) {
    for (Element each : page.select("#" + section + " dl > div")) {
      if (each.selectFirst("dt").text().equals(name)) {
        return each.selectFirst("dd").wholeText();
      }
    }
    throw new AssertionError(name + " is not among " + page.select("#" + section + " dt"));
  }

  private static String decimals(double value) {
    return "%.4f".formatted(value);
  }

  @Test
  void aRegressionHasTheErrorsAndAChartOfEachTarget() {
    try (TrainedTask<float[]> trained = TrainedTask.numbers(200, 3)) {
      Document page = page(trained);
      assertSections(
          page,
          "training",
          "results",
          "predictions",
          "mistakes",
          "network",
          "filters",
          "feature-maps",
          "settings");
      List<float[]> predicted = trained.model().predict(trained.test());
      float[] targets = new float[2 * TESTED];
      float[] predictions = new float[2 * TESTED];
      for (int i = 0; i < TESTED; i++) {
        System.arraycopy(trained.test().read(i).target(), 0, targets, 2 * i, 2);
        System.arraycopy(predicted.get(i), 0, predictions, 2 * i, 2);
      }
      RegressionReport report = RegressionReport.of(targets, predictions, 2);
      List<List<String>> rows = rows(page, "#results");
      assertEquals(2, rows.size());
      assertEquals(
          List.of(
              "bright <pixels>",
              Html.significant(report.absoluteErrors().get(0)),
              Html.significant(report.rootMeanSquaredErrors().get(0)),
              decimals(report.r2s().get(0))),
          rows.get(0));
      assertEquals("columns", rows.get(1).get(0));
      assertEquals(2 * TESTED, page.select("#predictions circle").size());
      assertEquals(2, page.select("#predictions line[stroke-dasharray]").size());
      assertEquals(6, page.select("#mistakes img").size());
      Scores scores = trained.model().evaluate(trained.test());
      assertEquals(decimals(scores.loss()), fact(page, "results", "loss"));
      assertEquals(
          Html.significant(report.meanAbsoluteError()), page.selectFirst(".cards strong").text());
      assertEquals("bright <pixels>, columns", fact(page, "settings", "targets"));
      assertEquals("regression", fact(page, "settings", "task"));
      assertEquals("MeanSquaredError", fact(page, "settings", "loss"));
    }
  }

  @Test
  void curvesAndTableHaveEveryMetricOfTheHistory() {
    try (TrainedTask<float[]> trained = TrainedTask.numbers(100, 2)) {
      Document page = page(trained);
      assertEquals(
          List.of("Cost", "Mean absolute error", "R\u00b2"),
          page.select("#training figcaption b").eachText());
      assertEquals(3 * 2, page.select("#training svg path").size(), "training and validation");
      assertEquals(
          List.of(
              "epoch",
              "cost",
              "mean absolute error",
              "R\u00b2",
              "validation cost",
              "validation mean absolute error",
              "validation R\u00b2"),
          page.select("#training thead th").eachText());
      Scores last = trained.history().last().validation().orElseThrow();
      List<String> row = rows(page, "#training details").get(1);
      assertEquals(decimals(trained.history().last().metrics().get("r2")), row.get(3));
      assertEquals(decimals(last.value("r2")), row.get(6));
    }
  }

  @Test
  void severalLabelsHaveTheScoresOfEach() {
    try (TrainedTask<LabelPrediction> trained = TrainedTask.labels(200, 3)) {
      Document page = page(trained);
      assertSections(
          page,
          "training",
          "results",
          "mistakes",
          "network",
          "filters",
          "feature-maps",
          "settings");
      List<LabelPrediction> predicted = trained.model().predict(trained.test());
      float[] targets = new float[3 * TESTED];
      float[] probabilities = new float[3 * TESTED];
      for (int i = 0; i < TESTED; i++) {
        System.arraycopy(trained.test().read(i).target(), 0, targets, 3 * i, 3);
        System.arraycopy(predicted.get(i).probabilities(), 0, probabilities, 3 * i, 3);
      }
      MultiLabelReport report =
          MultiLabelReport.of(List.of("even", "large & late", "loop"), targets, probabilities);
      List<List<String>> rows = rows(page, "#results");
      assertEquals(4, rows.size(), "three labels and their mean");
      assertEquals(
          List.of(
              "large & late",
              decimals(report.labels().get(1).precision()),
              decimals(report.labels().get(1).recall()),
              decimals(report.labels().get(1).f1()),
              decimals(report.labelAccuracies().get(1)),
              String.valueOf(report.labels().get(1).support())),
          rows.get(1));
      assertEquals(
          "%.2f %%".formatted(100 * report.exactMatch()), page.selectFirst(".cards strong").text());
      assertEquals(6, page.select("#mistakes img").size());
      String first = page.selectFirst("#mistakes figcaption").text();
      assertTrue(first.contains("missed") || first.contains("wrongly given"), first);
      // The first test image is a 9.
      assertEquals(
          "test image 0: large & late, loop",
          page.selectFirst("#feature-maps figcaption").wholeText());
      assertEquals("even, large & late, loop", fact(page, "settings", "labels"));
    }
  }

  @Test
  void aSegmentationHasTheOverlapsAndTheMasks() throws IOException {
    try (TrainedTask<SegmentedImage> trained = TrainedTask.masks(100, 2)) {
      Document page = page(trained);
      assertSections(
          page,
          "training",
          "results",
          "confusion",
          "masks",
          "network",
          "filters",
          "feature-maps",
          "settings");
      Scores scores = trained.model().evaluate(trained.test());
      SegmentationReport report = SegmentationReport.of(scores.confusionMatrix().orElseThrow());
      List<List<String>> rows = rows(page, "#results");
      assertEquals(4, rows.size(), "three classes and their mean");
      ClassOverlap digit = report.classes().get(1);
      assertEquals(
          List.of(
              "digit 0-4",
              decimals(digit.iou()),
              decimals(digit.dice()),
              Html.count(digit.pixels()),
              Html.count(digit.predicted())),
          rows.get(1));
      assertEquals(decimals(report.meanIou()), page.selectFirst(".cards strong").text());
      assertEquals(decimals(scores.value("mean_iou")), page.selectFirst(".cards strong").text());
      assertTrue(
          page.select("#training figcaption").text().contains("correctly classified pixels"));
      assertEquals(3 * 6, page.select("#masks img").size(), "image, true mask, predicted mask");
      assertLegendHasTheColorsOfTheMasks(page);
    }
  }

  private static void assertLegendHasTheColorsOfTheMasks(Document page) throws IOException {
    Elements keys = page.select("#masks .legend li");
    assertEquals(List.of("background", "digit 0-4", "digit 5-9", "no label"), keys.eachText());
    Set<Integer> legend = new HashSet<>();
    for (Element key : keys.select("span")) {
      legend.add(Integer.parseInt(key.attr("style").replace("background:#", ""), 16));
    }
    assertEquals(4, legend.size(), "different colors");
    Set<Integer> drawn = new HashSet<>();
    for (Element image : page.select("#masks img[alt*=mask]")) {
      BufferedImage mask = picture(image);
      for (int i = 0; i < mask.getWidth() * mask.getHeight(); i++) {
        drawn.add(mask.getRGB(i % mask.getWidth(), i / mask.getWidth()) & 0xffffff);
      }
    }
    assertTrue(legend.containsAll(drawn), drawn + " is not in " + legend);
    assertTrue(drawn.contains(Colours.NO_CLASS), "the edge of the digits");
  }

  private static BufferedImage picture(Element image) throws IOException {
    String data = image.attr("src").substring("data:image/png;base64,".length());
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
  }

  @Test
  void theTableOfAGraphSaysWhereEachLayerTakesItsInputFrom() {
    try (TrainedTask<SegmentedImage> trained = TrainedTask.masks(20, 1)) {
      Document page = page(trained);
      assertEquals("input", page.select("#network thead th").last().text());
      List<List<String>> rows = rows(page, "#network");
      assertEquals("image", rows.get(0).get(0));
      List<String> concat =
          rows.stream().filter(row -> row.get(0).equals("concat")).findFirst().orElseThrow();
      assertEquals("relu, upsampling", concat.get(5));
      assertEquals(
          Html.count(trained.model().network().parameterCount()), rows.get(rows.size() - 1).get(3));
    }
    try (TrainedTask<float[]> chain = TrainedTask.numbers(20, 1)) {
      assertEquals(5, page(chain).select("#network thead th").size(), "a chain needs no column");
    }
  }

  @Test
  void pagesDoNotDependOnTheLocale() throws Exception {
    try (TrainedTask<float[]> numbers = TrainedTask.numbers(20, 2);
        TrainedTask<LabelPrediction> labels = TrainedTask.labels(20, 2);
        TrainedTask<SegmentedImage> masks = TrainedTask.masks(20, 2)) {
      for (TrainedTask<?> trained : List.of(numbers, labels, masks)) {
        String expected = page(trained).html();
        Locales.in(
            Locale.forLanguageTag("ar-EG-u-nu-arab"),
            () -> assertEquals(expected, page(trained).html()));
      }
    }
  }
}
