package io.github.convnet4j.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final String WITHOUT_VALIDATION = "epoch,cost,accuracy\r\n";
  private static final String HEADER = "epoch,cost,accuracy,val_loss,val_accuracy\r\n";

  @TempDir Path folder;

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String csv(List<EpochResult> epochs) {
    boolean validated = epochs.stream().anyMatch(e -> e.validation().isPresent());
    StringBuilder text = new StringBuilder(validated ? HEADER : WITHOUT_VALIDATION);
    for (EpochResult e : epochs) {
      text.append(e.epoch() + "," + e.cost() + "," + e.accuracy());
      if (validated) {
        text.append(e.validation().map(v -> "," + v.loss() + "," + v.accuracy()).orElse(",,"));
      }
      text.append("\r\n");
    }
    return text.toString();
  }

  private void assertJson(List<EpochResult> epochs, Path file) throws IOException {
    JsonNode list = new ObjectMapper().readTree(file.toFile());
    assertEquals(epochs.size(), list.size());
    for (int i = 0; i < list.size(); i++) {
      EpochResult epoch = epochs.get(i);
      assertEquals(epoch.epoch(), list.get(i).get("epoch").intValue());
      assertEquals(epoch.cost(), list.get(i).get("cost").doubleValue());
      assertEquals(epoch.accuracy(), list.get(i).get("accuracy").doubleValue());
      assertEquals(epoch.validation().isPresent(), list.get(i).has("val_loss"));
      if (epoch.validation().isPresent()) {
        assertEquals(epoch.validation().get().loss(), list.get(i).get("val_loss").doubleValue());
        assertEquals(
            epoch.validation().get().accuracy(), list.get(i).get("val_accuracy").doubleValue());
      }
    }
  }

  private static String fault(TrainingListener listener) {
    try (Model<Prediction> model = Tiny.model()) {
      String message =
          assertThrows(StoreException.class, () -> model.fit(Tiny.TRAIN, Tiny.epochs(1), listener))
              .getMessage();
      assertEquals(0, model.stepsTrained());
      return message;
    }
  }

  @Test
  void addEachEpochWhenItEndsAndAppendToAnExistingFile() throws IOException {
    Path csv = folder.resolve("new/history.csv");
    Path json = folder.resolve("new/history.json");
    List<EpochResult> epochs = new ArrayList<>();
    TrainingListener looking =
        Tiny.onEpoch(
            (training, result) -> {
              epochs.add(result);
              assertEquals(csv(epochs), read(csv));
            });
    try (Model<Prediction> model = Tiny.model()) {
      model.fit(Tiny.TRAIN, Tiny.validated(2), CsvHistory.to(csv), JsonHistory.to(json), looking);
      assertJson(epochs, json);
      model.fit(Tiny.TRAIN, Tiny.epochs(1), CsvHistory.to(csv), JsonHistory.to(json), looking);
      assertJson(epochs, json);
      assertEquals(3, epochs.size());
      assertTrue(read(csv).endsWith(",,\r\n"), () -> "the third epoch was not validated");
    }
    try (Stream<Path> files = Files.list(csv.getParent())) {
      assertEquals(2, files.count(), "no unfinished file is left");
    }
  }

  /** A run that got to epoch 3 resumes from epoch 1. */
  @Test
  void epochsThatAreTrainedAgainReplaceTheEarlierOnes() throws IOException {
    Path csv = folder.resolve("history.csv");
    Path json = folder.resolve("history.json");
    Path save = folder.resolve("save");
    History whole;
    try (Model<Prediction> model = Tiny.model()) {
      whole =
          model.fit(
              Tiny.TRAIN,
              Tiny.validated(3),
              CsvHistory.to(csv),
              JsonHistory.to(json),
              Tiny.onEpoch(
                  (training, result) -> {
                    if (result.epoch() == 1) {
                      training.model().save(save);
                    }
                  }));
    }
    String text = read(csv);
    try (Model<Prediction> model = Model.load(save, Prediction.class)) {
      model.fit(Tiny.TRAIN, Tiny.validated(2), CsvHistory.to(csv), JsonHistory.to(json));
    }
    assertEquals(text, read(csv));
    assertJson(whole.epochs(), json);
    try (Model<Prediction> fresh = Tiny.model()) {
      History history = fresh.fit(Tiny.TRAIN, Tiny.epochs(1), CsvHistory.to(csv));
      assertEquals(csv(history.epochs()), read(csv));
    }
  }

  /** A process killed while writing leaves a file next to the history, which stays complete. */
  @Test
  void anUnfinishedFileDoesNoHarm() throws IOException {
    Path csv = folder.resolve("history.csv");
    Files.writeString(csv, HEADER + "1,0.5,0.75,,\r\n");
    Files.writeString(folder.resolve(".history.csv.unfinished"), HEADER + "1,0.5,0.75,,\r\n2,0.");
    try (Model<Prediction> model = Tiny.model()) {
      History history = model.fit(Tiny.TRAIN, Tiny.epochs(1), CsvHistory.to(csv));
      assertEquals(csv(history.epochs()), read(csv));
    }
    assertFalse(Files.exists(folder.resolve(".history.csv.unfinished")));
  }

  @Test
  void writeAndReadNumbersThatAreNotFinite() throws IOException {
    CsvHistory csv = CsvHistory.to(folder.resolve("h.csv"));
    JsonHistory json = JsonHistory.to(folder.resolve("h.json"));
    String rows = HEADER + "1,NaN,0.25,Infinity,0.5\r\n2,0.125,1.0,,\r\n";
    assertEquals(rows, csv.write(csv.read(rows)));
    String written = json.write(csv.read(rows));
    JsonNode list = new ObjectMapper().readTree(written);
    assertTrue(list.get(0).get("cost").isNull());
    assertTrue(list.get(0).get("val_loss").isNull());
    assertEquals(written, json.write(json.read(written)));
  }

  /** Before the values of the validation had today's names. */
  @Test
  void appendToTheFilesOfOlderVersions() throws IOException {
    Path csv = folder.resolve("history.csv");
    Path json = folder.resolve("history.json");
    List<EpochResult> epochs = new ArrayList<>();
    TrainingListener collecting = Tiny.onEpoch((training, result) -> epochs.add(result));
    try (Model<Prediction> model = Tiny.model()) {
      model.fit(
          Tiny.TRAIN, Tiny.validated(1), CsvHistory.to(csv), JsonHistory.to(json), collecting);
      for (Path file : List.of(csv, json)) {
        Files.writeString(
            file,
            read(file)
                .replace("val_loss", "validationCost")
                .replace("val_accuracy", "validationAccuracy"));
      }
      model.fit(
          Tiny.TRAIN, Tiny.validated(1), CsvHistory.to(csv), JsonHistory.to(json), collecting);
    }
    assertEquals(csv(epochs), read(csv));
    assertJson(epochs, json);
  }

  /** Editors of Windows begin a file in UTF-8 with this mark. */
  @Test
  void skipAByteOrderMark() throws IOException {
    Path csv = folder.resolve("h.csv");
    Path json = folder.resolve("h.json");
    try (Model<Prediction> model = Tiny.model()) {
      model.fit(Tiny.TRAIN, Tiny.epochs(1), CsvHistory.to(csv), JsonHistory.to(json));
      for (Path file : List.of(csv, json)) {
        Files.writeString(file, "\uFEFF" + Files.readString(file));
      }
      model.fit(Tiny.TRAIN, Tiny.epochs(1), CsvHistory.to(csv), JsonHistory.to(json));
    }
    assertEquals(3, Files.readAllLines(csv).size());
    assertTrue(Files.readString(json).startsWith("["));
  }

  @Test
  void refuseAFileThatIsNotAHistoryAndLeaveItAlone() throws IOException {
    Path csv = folder.resolve("h.csv");
    Files.writeString(csv, "name,age\r\nAda,36\r\n");
    assertEquals(
        csv
            + " is not a history: line 1 must have the names of the columns, of which the first is"
            + " epoch: \"name,age\"",
        fault(CsvHistory.to(csv)));
    assertEquals("name,age\r\nAda,36\r\n", read(csv));
    Files.writeString(csv, HEADER + "1,0.5,0.75,,\r\n2,0.");
    String message = fault(CsvHistory.to(csv));
    assertTrue(message.startsWith(csv + " is not a history: line 3 "), message);
    assertTrue(message.endsWith(": \"2,0.\""), message);

    Path json = folder.resolve("h.json");
    Files.writeString(json, "{\"epochs\": 3}");
    assertTrue(fault(JsonHistory.to(json)).startsWith(json + " is not a history: "));
    Files.writeString(json, "[{\"epoch\": 1, \"cost\": \"low\"}]");
    assertEquals(
        json + " is not a history: cost must be a number or null: {\"epoch\":1,\"cost\":\"low\"}",
        fault(JsonHistory.to(json)));
    Files.writeString(json, "[{\"epoch\": 1,");
    assertTrue(fault(JsonHistory.to(json)).startsWith(json + " is not a history: "));
  }

  @Test
  void refuseAFileThatCannotBeWrittenBeforeTheFirstStep() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertTrue(
        fault(CsvHistory.to(file.resolve("h.csv")))
            .startsWith("cannot write %s: ".formatted(file.resolve("h.csv"))));
    Path taken = Files.createDirectory(folder.resolve("h.json"));
    assertTrue(fault(JsonHistory.to(taken)).contains(taken.toString()));
  }
}
