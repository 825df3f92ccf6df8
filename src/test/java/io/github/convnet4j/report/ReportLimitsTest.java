package io.github.convnet4j.report;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** What a report leaves out and refuses, and how it is written. */
class ReportLimitsTest {
  @TempDir private Path folder;

  private static Document page(Report report) {
    return Jsoup.parse(report.toHtml());
  }

  @Test
  void keepsItsLimitsAndStatesThem() {
    try (Trained trained = new Trained()) {
      Document page =
          page(
              Report.of(trained.model, Trained.TEST)
                  .testImages(100)
                  .mistakes(2)
                  .embeddings(50)
                  .explain(5, 6)
                  .featureMapsOf(9));
      assertEquals(2, page.select("#mistakes img").size());
      assertEquals(50, page.select("#embeddings circle").size());
      assertEquals(3 * (2 + 2 * 2), page.select("#explanations img").size());
      assertEquals("Test image 9", page.selectFirst("#feature-maps img").attr("alt"));
      assertTrue(
          page.selectFirst(".cards").text().contains("of 100 test images, evenly spaced among 257"),
          page.selectFirst(".cards").text());
      assertTrue(page.selectFirst("#embeddings").text().contains("50 of 257 test images"));
      assertEquals(3, page.select("#training details tbody tr").size(), "the model's own history");
    }
  }

  @Test
  void aNetworkWithoutConvolutionsHasNoFilters() {
    Network network = Network.of(Shape.of(28, 28, 1), flatten(), dense(10));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), sgd(0.1))) {
      Document page = page(Report.of(model, Trained.TEST.subset(0, 20)).mistakes(0).embeddings(0));
      assertEquals(
          List.of("results", "confusion", "network", "feature-maps", "explanations", "settings"),
          page.select("section").eachAttr("id"));
      assertTrue(page.selectFirst("#explanations").text().contains("this network has none"));
    }
  }

  @Test
  void reportsANetworkWhoseTrainingDiverged() {
    Network network = Network.of(Shape.of(28, 28, 1), flatten(), dense(10));
    DataSet few = Trained.TEST.subset(0, 30);
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), sgd(1e38))) {
      History history = model.fit(few, FitOptions.epochs(3).batchSize(10));
      assertTrue(Double.isNaN(history.last().cost()), "it should have diverged");
      Document page = page(Report.of(model, few).history(history));
      assertTrue(page.selectFirst("#results").text().contains("must be from 0 to 1: NaN"));
      assertTrue(page.selectFirst("#training details").text().contains("not a number"));
      assertEquals(1, page.select("#embeddings").size());
    }
  }

  @Test
  void replacesAnOldPageAndLeavesNoOtherFile() throws IOException {
    Path file = folder.resolve("new").resolve("report.html");
    try (Trained trained = new Trained()) {
      Report report = Report.of(trained.model, Trained.TEST.subset(0, 30));
      report.write(file);
      report.title("Another").write(file);
      assertEquals(report.title("Another").toHtml(), Files.readString(file));
      try (var files = Files.list(file.getParent())) {
        assertEquals(List.of(file), files.toList());
      }
      assertThrows(StoreException.class, () -> report.write(folder), "the target is a folder");
    }
  }

  @Test
  void refusesBadSettings() {
    Trained trained = new Trained();
    Report report = Report.of(trained.model, Trained.TEST);
    assertMessage("testImages must be at least 1: 0", () -> report.testImages(0));
    assertMessage("mistakes must be at least 0: -1", () -> report.mistakes(-1));
    assertMessage("embeddings must be at least 0: -1", () -> report.embeddings(-1));
    assertMessage("title must not be blank: \" \"", () -> report.title(" "));
    assertThrows(IndexOutOfBoundsException.class, () -> report.featureMapsOf(257));
    assertThrows(IndexOutOfBoundsException.class, () -> report.explain(3, -1));
    DataSet other = DataSet.of(new byte[4], new int[1], 2, 2, 1, 10);
    assertMessage(
        "examples must be of the network's input shape [28, 28, 1]: they are [2, 2, 1]",
        () -> Report.of(trained.model, other));
    trained.close();
    assertThrows(IllegalStateException.class, report::toHtml);
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
