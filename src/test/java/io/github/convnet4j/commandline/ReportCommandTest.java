package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages on models for numbers, labels and masks. */
class ReportCommandTest {
  private static final int PICTURES = 30;
  private static final int SIZE = 8;

  @TempDir private Path folder;

  @Test
  void showsNumbersAndTheirPredictions() throws IOException {
    StringBuilder table = new StringBuilder("file,bright,rows\n");
    for (int i = 0; i < PICTURES; i++) {
      write("data/%d.png".formatted(i), bar(i % SIZE, 255));
      table.append("%d.png,%d,%d\n".formatted(i, SIZE * (i % SIZE), i % SIZE));
    }
    Files.writeString(folder.resolve("data/targets.csv"), table);
    Document page = report("--task=regression");
    assertEquals(List.of("bright", "rows"), page.select("#results tbody th").eachText());
    assertEquals(2, page.select("#predictions svg").size());
  }

  @Test
  void showsLabels() throws IOException {
    StringBuilder table = new StringBuilder("file,high,odd\n");
    for (int i = 0; i < PICTURES; i++) {
      write("data/%d.png".formatted(i), bar(i % SIZE, 255));
      table.append("%d.png,%d,%d\n".formatted(i, i % SIZE > 3 ? 1 : 0, i % 2));
    }
    Files.writeString(folder.resolve("data/targets.csv"), table);
    Document page = report("--task=multi-label");
    assertEquals(List.of("high", "odd", "macro avg"), page.select("#results tbody th").eachText());
  }

  @Test
  void showsMasks() throws IOException {
    for (int i = 0; i < PICTURES; i++) {
      write("data/images/%d.png".formatted(i), bar(i % SIZE, 255));
      write("data/masks/%d.png".formatted(i), bar(i % SIZE, 1));
    }
    Document page = report("--task=segmentation");
    assertEquals(List.of("0", "1"), page.select("#masks .legend li").eachText());
    assertTrue(page.select("#masks img").size() >= 3, "image, true mask, predicted mask");
  }

  /** Trains a model on the data, and returns the page about it. */
  private Document report(String task) throws IOException {
    String data = folder.resolve("data").toString();
    String model = folder.resolve("model").toString();
    Path page = folder.resolve("page.html");
    Shell.done("train", "--data", data, task, "--out", model, "--epochs=1", "--batch-size=5");
    assertEquals(
        "Written to " + page + System.lineSeparator(),
        Shell.done("report", model, "--data", data, "--out=" + page));
    return Jsoup.parse(Files.readString(page));
  }

  /** Draws a bar of this height in this gray on black. */
  private static BufferedImage bar(int height, int gray) {
    BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < height * SIZE; i++) {
      picture.getRaster().setSample(i % SIZE, i / SIZE, 0, gray);
    }
    return picture;
  }

  private void write(String name, BufferedImage picture) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, "png", file.toFile());
  }
}
