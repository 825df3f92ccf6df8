package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainAndReportTest {
  @TempDir private Path folder;

  @Test
  void writesAllFilesAndTheReport() throws IOException {
    Recorder recorder = new Recorder();
    String output = folder.resolve("runs").toString();
    assertEquals(
        0,
        recorder.execute("TrainAndReport", "--epochs", "2", "--output", output),
        recorder.messages());
    Path run = folder.resolve("runs").resolve("run-1");
    Path report = run.resolve("report.html");
    assertTrue(recorder.out().endsWith("Report: " + report + "\n"), recorder.out());
    // Tests run without a desktop.
    assertTrue(recorder.messages().contains("Open it in a browser."), recorder.messages());
    assertTrue(recorder.messages().contains("Epoch 2/2"), recorder.messages());
    for (String file : List.of("history.csv", "history.json", "checkpoints", "tensorboard")) {
      assertTrue(Files.exists(run.resolve(file)), file);
    }
    Document page = Jsoup.parse(Files.readString(report));
    assertEquals(10, page.select("section").size());
    assertEquals(2, page.select("#training details tbody tr").size());
    assertTrue(page.selectFirst(".lead").text().contains("UCI digits"));
  }

  @Test
  void eachRunGetsItsOwnFolder() {
    assertEquals(folder.resolve("run-1"), TrainAndReport.RunFolder.createIn(folder));
    assertEquals(folder.resolve("run-2"), TrainAndReport.RunFolder.createIn(folder));
  }

  @Test
  void refusesAnOutputThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Recorder recorder = new Recorder();
    assertEquals(2, recorder.execute("TrainAndReport", "--output", file.toString()));
    assertTrue(recorder.messages().startsWith("--output: "), recorder.messages());
    assertTrue(recorder.messages().contains(file.toString()), recorder.messages());
    assertEquals(1, recorder.messages().lines().count(), recorder.messages());
  }
}
