package io.github.convnet4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.ClassificationReport;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The content of the page. */
class ReportTest {
  private static final List<String> NAMES =
      List.of(
          "<b>zero</b>", "one & only", "\"two\"", "3", "4", "five's", "6", "7", "ei\ufffdght", "9");

  private static Trained trained;
  private static String html;
  private static Document page;

  @BeforeAll
  static void write() {
    trained = new Trained();
    html =
        Report.of(trained.model, Trained.TEST)
            .title("Digits & <more>")
            .description("a few \"digits\"")
            .history(trained.history)
            .fitOptions(Trained.OPTIONS)
            .mistakes(8)
            .toHtml();
    page = Jsoup.parse(html);
  }

  @AfterAll
  static void close() {
    trained.close();
  }

  @Test
  void isWellFormed() {
    Parser parser = Parser.htmlParser().setTrackErrors(20);
    parser.parseInput(html, "");
    assertEquals(List.of(), parser.getErrors());
  }

  @Test
  void hasAllSectionsInOrderAndALinkToEach() {
    List<String> ids = page.select("main > section").eachAttr("id");
    assertEquals(
        List.of(
            "training",
            "results",
            "confusion",
            "mistakes",
            "network",
            "filters",
            "feature-maps",
            "explanations",
            "embeddings",
            "settings"),
        ids);
    assertEquals(ids.stream().map(id -> "#" + id).toList(), page.select("nav a").eachAttr("href"));
    assertEquals(1, page.select("h1").size());
    assertEquals(ids.size(), page.select("section > h2").size());
    assertEquals("en", page.selectFirst("html").attr("lang"));
  }

  @Test
  void isSelfContained() {
    for (Element element : page.select("[src], [href]")) {
      String target = element.hasAttr("src") ? element.attr("src") : element.attr("href");
      assertTrue(
          target.startsWith("#") || target.startsWith("data:image/png;base64,"),
          element.outerHtml());
    }
    assertEquals(0, page.select("script, link, iframe, object, embed").size());
    assertFalse(page.selectFirst("style").data().contains("url("));
    assertFalse(page.selectFirst("style").data().contains("@import"));
    // The only URL is the name of SVG's namespace.
    assertFalse(html.replace("http://www.w3.org/2000/svg", "").matches("(?s).*https?://.*"));
  }

  @Test
  void showsTextUnchanged() {
    assertEquals("Digits & <more>", page.title());
    assertEquals("Digits & <more>", page.selectFirst("h1").wholeText());
    assertEquals("a few \"digits\"", page.selectFirst(".lead").wholeText());
    // The page itself uses <b> only in captions.
    assertEquals(0, page.select("table b, svg b").size());
  }

  @Test
  void confusionMatrixHasEveryCount() {
    ConfusionMatrix matrix = trained.model.evaluate(Trained.TEST).confusionMatrix().orElseThrow();
    Element table = page.selectFirst("#confusion table");
    assertEquals(NAMES, table.select("thead th").eachText());
    Elements rows = table.select("tbody tr");
    assertEquals(10, rows.size());
    for (int label = 0; label < 10; label++) {
      Element row = rows.get(label);
      assertEquals(NAMES.get(label), row.selectFirst("th").wholeText());
      for (int prediction = 0; prediction < 10; prediction++) {
        Element cell = row.select("td").get(prediction);
        long count = matrix.count(label, prediction);
        assertEquals(String.valueOf(count), cell.text());
        assertEquals(count > 0, cell.hasAttr("style"), "a color where there is a count");
      }
    }
  }

  @Test
  void hasTheNumbersOfTheClassificationReport() {
    ConfusionMatrix matrix = trained.model.evaluate(Trained.TEST).confusionMatrix().orElseThrow();
    ClassificationReport report = ClassificationReport.of(matrix);
    Elements rows = page.select("#results tbody tr");
    assertEquals(12, rows.size());
    assertEquals(
        "%.4f".formatted(report.classes().get(3).recall()), rows.get(3).select("td").get(1).text());
    assertEquals("%.4f".formatted(report.macro().f1()), rows.get(10).select("td").get(2).text());
    String accuracy = "%.2f %%".formatted(100.0 * matrix.correct() / matrix.total());
    assertEquals(accuracy, page.selectFirst(".cards strong").text());
    assertTrue(page.selectFirst("#results dl").text().contains("log loss"));
  }

  @Test
  void hasEveryEpochAndEveryLayerAndEverySetting() {
    Elements epochs = page.select("#training details tbody tr");
    assertEquals(3, epochs.size());
    assertEquals(
        "%.6f".formatted(trained.history.epochs().get(1).cost()),
        epochs.get(1).select("td").get(0).text());
    assertEquals(2, page.select("#training svg").size());
    Elements layers = page.select("#network tbody tr");
    assertEquals(1 + 9 + 1, layers.size());
    assertEquals("conv2d", layers.get(2).selectFirst("th").text());
    assertEquals("60", layers.get(2).select("td").get(2).text()); // 3 * 3 * 6 + 6
    List<String> settings = page.select("#settings dt").eachText();
    assertTrue(
        settings.containsAll(List.of("optimizer", "seed", "loss", "epochs", "batch size")),
        settings.toString());
  }

  @Test
  void everyPictureIsAValidPngWithAltText() throws IOException {
    Elements images = page.select("img");
    // 8 mistakes, the filters, the image and 7 layers, 10 images and 4 mistakes twice in threes.
    assertEquals(8 + 1 + 1 + 7 + 3 * (10 + 2 * 4), images.size());
    for (Element image : images) {
      byte[] png =
          Base64.getDecoder()
              .decode(image.attr("src").substring("data:image/png;base64,".length()));
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
      assertEquals(image.attr("width"), String.valueOf(picture.getWidth()));
      assertEquals(image.attr("height"), String.valueOf(picture.getHeight()));
      assertFalse(image.attr("alt").isBlank());
    }
    assertEquals(8, page.select("#mistakes img").size(), "one for each of the worst mistakes");
    for (Element chart : page.select("svg")) {
      assertEquals("img", chart.attr("role"));
      assertFalse(chart.attr("aria-label").isBlank());
    }
  }

  @Test
  void embeddingsHaveAPointForEachImage() {
    assertEquals(Trained.TEST.size(), page.select("#embeddings circle").size());
    assertEquals(NAMES.get(0), page.selectFirst("#embeddings circle title").wholeText());
  }

  @Test
  void givesTheSamePageTwice() {
    Report report = Report.of(trained.model, Trained.TEST).history(trained.history);
    assertEquals(report.toHtml(), report.toHtml());
  }
}
