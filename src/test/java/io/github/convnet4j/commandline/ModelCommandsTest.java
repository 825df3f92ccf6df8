package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.evaluate.ClassificationReport;
import io.github.convnet4j.evaluate.ConfidenceInterval;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.keras.KerasModel;
import io.github.convnet4j.keras.KerasOutput;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** The commands that take a model, with a model that was trained briefly. */
class ModelCommandsTest {
  @TempDir private static Path models;
  @TempDir private Path folder;
  private static String model;

  @BeforeAll
  static void train() throws IOException {
    Path network = Files.writeString(models.resolve("net.json"), Shell.TINY.toJson());
    model = models.resolve("model").toString();
    Shell.done(
        "train",
        "--data=digits",
        "--network=" + network,
        "--out=" + model,
        "--epochs=3",
        "--learning-rate=0.01");
  }

  @Test
  void evaluatePrintsWhatTheLibraryFinds() {
    Scores evaluation = evaluation();
    assertEquals(
        evaluation
            + "\naccuracy on more images of this kind: "
            + ConfidenceInterval.wilson(evaluation.correct(), 257)
            + "\n\n"
            + ClassificationReport.of(evaluation.confusionMatrix().orElseThrow())
            + "\n"
            + evaluation.confusionMatrix().orElseThrow(),
        Shell.done("evaluate", model, "--data=digits"));
    assertTrue(evaluation.accuracy() > 0.7, evaluation.toString());
  }

  @Test
  void evaluatePrintsTheSameAsJson() throws IOException {
    Scores evaluation = evaluation();
    JsonNode json =
        new ObjectMapper().readTree(Shell.done("evaluate", model, "--data=digits", "--json"));
    assertEquals(evaluation.accuracy(), json.get("accuracy").doubleValue());
    assertEquals(evaluation.loss(), json.get("loss").doubleValue());
    assertEquals(257, json.get("images").intValue());
    assertEquals(10, json.get("classes").size());
    assertEquals(
        evaluation.confusionMatrix().orElseThrow().count(8, 1),
        json.get("confusionMatrix").get(8).get(1).longValue());
    ConfidenceInterval interval = ConfidenceInterval.wilson(evaluation.correct(), 257);
    assertEquals(interval.low(), json.get("accuracyInterval").get("low").doubleValue());
  }

  @Test
  void evaluateUsesTheChosenPart() {
    for (String part : new String[] {"validation", "train", "all"}) {
      Shell shell = new Shell();
      assertEquals(0, shell.execute("evaluate", model, "--data=digits", "--part", part));
      int size = part.equals("all") ? 1797 : part.equals("train") ? 1412 : 128;
      assertTrue(
          shell.messages().endsWith("Part: %s, %d images\n".formatted(part, size)),
          shell.messages());
    }
  }

  @Test
  void predictAgreesWithTheModel() {
    DataSet test = BundledDigits.read().test();
    String[] command = {"predict", model, "--top=1", "", "", ""};
    StringBuilder expected = new StringBuilder();
    try (Model<Prediction> loaded = Model.load(Path.of(model), Prediction.class)) {
      for (int i = 0; i < 3; i++) {
        Path file = Shell.picture(folder.resolve(i + ".png"), 28, 28, test.image(i));
        command[3 + i] = file.toString();
        expected.append(
            "%s  %s\n"
                .formatted(
                    file,
                    "%s %.4f"
                        .formatted(
                            loaded.predictPixels(test.image(i)).className(),
                            loaded.predictPixels(test.image(i)).probability())));
      }
    }
    assertEquals(expected.toString(), Shell.done(command));
  }

  @Test
  void predictScalesAndInvertsAScan() {
    byte[] digit = BundledDigits.read().test().image(0);
    String plain = Shell.picture(folder.resolve("a.png"), 28, 28, digit).toString();
    byte[] large = new byte[56 * 56];
    for (int i = 0; i < large.length; i++) {
      // Dark ink on white paper, twice as large.
      large[i] = (byte) (255 - (digit[i / 56 / 2 * 28 + i % 56 / 2] & 0xff));
    }
    String scanned = Shell.picture(folder.resolve("b.png"), 56, 56, large).toString();
    String first = Shell.done("predict", model, plain).substring(plain.length());
    String second = Shell.done("predict", model, "--invert", scanned).substring(scanned.length());
    // The triangle filter blurs a little: the most likely class is the same, its probability not
    // quite.
    assertEquals(first.substring(0, 4), second.substring(0, 4));
    assertFalse(first.equals(Shell.done("predict", model, scanned).substring(scanned.length())));
  }

  @Test
  void predictPrintsJson() throws IOException {
    byte[] digit = BundledDigits.read().test().image(5);
    String file = Shell.picture(folder.resolve("a.png"), 28, 28, digit).toString();
    JsonNode json =
        new ObjectMapper().readTree(Shell.done("predict", model, file, "--json", "--top=99"));
    assertEquals(1, json.size());
    assertEquals(file, json.get(0).get("picture").textValue());
    JsonNode classes = json.get(0).get("classes");
    assertEquals(10, classes.size());
    try (Model<Prediction> loaded = Model.load(Path.of(model), Prediction.class)) {
      assertEquals(loaded.predictPixels(digit).className(), classes.get(0).get("name").textValue());
    }
  }

  @Test
  void predictSkipsFilesThatAreNotPicturesAndReportsThem() throws IOException {
    String good = Shell.picture(folder.resolve("a.png"), 5, 7, new byte[35]).toString();
    Path bad = Files.writeString(folder.resolve("note.png"), "a text");
    Shell shell = new Shell();
    assertEquals(2, shell.execute("predict", model, bad.toString(), good));
    assertTrue(shell.messages().contains(bad.toString()), shell.messages());
    assertTrue(shell.out().startsWith(good + "  "), shell.out());
    assertEquals(1, shell.out().lines().count());
  }

  @Test
  void summaryPrintsAModelsNetworkAndTrainingState() {
    String printed = Shell.done("summary", model);
    assertTrue(printed.startsWith(Shell.TINY.summary()), printed);
    assertTrue(
        printed.contains("Trained: 3 epochs, 135 steps, with Adam[learningRate=0.01"), printed);
    assertTrue(printed.endsWith("Classes: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9\n"), printed);
  }

  @Test
  void summaryWritesANetworkThatTrainReads() throws IOException {
    Path file = folder.resolve("net.json");
    Network network = DefaultNetwork.ofVector(Shape.of(28, 28, 1), 10);
    assertEquals(network.summary(), Shell.done("summary", "--data=digits", "--write=" + file));
    assertEquals(network, Network.fromJson(Files.readString(file)));
    assertEquals(network.summary(), Shell.done("summary", file.toString()));
    assertTrue(
        new Shell().execute("summary", "--data=digits", "--write=" + file) == 2, "overwritten");
  }

  @Test
  void exportWritesASavedModel() throws IOException {
    Path saved = folder.resolve("saved");
    assertEquals("Exported to " + saved + "\n", Shell.done("export", model, saved.toString()));
    assertTrue(Files.exists(saved.resolve("saved_model.pb")));
    String inverted = folder.resolve("inverted").toString();
    Shell.done("export", model, inverted, "--invert");
    String json = Files.readString(Path.of(inverted, "assets", "model.json"));
    assertTrue(json.contains("\"inverted\" : true"), json);
    String size = Shell.mistake("export", model, folder + "/no", "--size=9");
    assertTrue(size.startsWith("--size 9x9: "), size);
    String message = Shell.mistake("export", model, saved.toString());
    assertTrue(message.startsWith(saved.toString()) && message.contains("assets"), message);
  }

  @Test
  void exportWritesAFileOfKeras() {
    Path file = folder.resolve("digits.keras");
    assertEquals("Exported to " + file + "\n", Shell.done("export", model, "--keras=" + file));
    assertEquals(
        List.of(Layers.softmax()),
        KerasModel.read(file).outputs().stream().map(KerasOutput::activation).toList());
    String both = Shell.mistake("export", model, folder + "/saved", "--keras=" + file);
    assertTrue(both.contains("FOLDER") && both.contains("--keras"), both);
    String neither = Shell.mistake("export", model);
    assertTrue(neither.contains("FOLDER") && neither.contains("--keras"), neither);
    String name = Shell.mistake("export", model, "--keras=" + folder.resolve("digits.h5"));
    assertTrue(name.startsWith("--keras ") && name.contains("digits.h5"), name);
    String pictures = Shell.mistake("export", model, "--keras=" + file, "--invert");
    assertTrue(pictures.startsWith("--keras"), pictures);
  }

  @Test
  void whatIsTakenForAModelIsNamed() {
    Path saved = folder.resolve("exported");
    Shell.done("export", model, saved.toString());
    for (String[] command :
        new String[][] {
          {"evaluate", saved.toString(), "--data=digits"},
          {"predict", saved.toString(), "seven.png"},
          {"report", saved.toString(), "--data=digits", "--out=" + folder.resolve("r.html")},
          {"export", saved.toString(), folder.resolve("again").toString()},
          {"summary", saved.toString()}
        }) {
      String message = Shell.mistake(command);
      assertTrue(message.startsWith(saved + " is a SavedModel"), message);
    }
  }

  @Test
  void aSavedModelIsNotANetworkFile() throws IOException {
    Path description;
    try (Stream<Path> files = Files.list(Path.of(model))) {
      description = files.filter(file -> file.toString().endsWith(".json")).findFirst().get();
    }
    for (Path given : new Path[] {Path.of(model), description}) {
      String message =
          Shell.mistake(
              "train", "--data=digits", "--network=" + given, "--out=" + folder.resolve("new"));
      assertTrue(message.startsWith(given + " belongs to a saved model"), message);
      assertTrue(message.contains("summary " + model + " --write"), message);
    }
    Path copy = Files.copy(description, folder.resolve("copy.json"));
    String message = Shell.mistake("summary", copy.toString());
    assertTrue(message.contains(copy.toString()) && message.contains("saved model"), message);
    String plain =
        Shell.mistake(
            "train", "--data=digits", "--network=" + folder, "--out=" + folder.resolve("new"));
    assertTrue(plain.startsWith(folder + " is a folder"), plain);
  }

  @Test
  void reportWritesAPage() throws IOException {
    Path page = folder.resolve("report.html");
    assertEquals(
        "Written to " + page + "\n",
        Shell.done(
            "report", model, "--data=digits", "--out=" + page, "--title=Digits that were <typed>"));
    String html = Files.readString(page);
    assertTrue(html.contains("Digits that were &lt;typed&gt;"));
    assertTrue(html.contains("%d of 257".formatted(evaluation().correct())));
    assertEquals(
        "--out must be a file, such as report.html, not a folder: " + folder,
        Shell.mistake("report", model, "--out=" + folder));
  }

  @Test
  void reportsWhichFileOfAModelIsDamaged() throws IOException {
    Path damaged = Files.createDirectories(folder.resolve("damaged"));
    try (Stream<Path> files = Files.list(Path.of(model))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (file.getFileName().toString().startsWith("variables")) {
          bytes[100]++;
        }
        Files.write(damaged.resolve(file.getFileName()), bytes);
      }
    }
    for (String command : new String[] {"evaluate", "summary"}) {
      String message = Shell.mistake(command, damaged.toString());
      assertTrue(message.startsWith(damaged.resolve("variables-").toString()), message);
    }
  }

  @Test
  void refusesAFolderOfCheckpoints() throws IOException {
    Files.createDirectories(folder.resolve("epoch-0001"));
    String message = Shell.mistake("evaluate", folder.toString());
    assertTrue(message.startsWith(folder + " holds checkpoints"), message);
  }

  @Test
  void evaluateDoesNotChangeTheModel() {
    float[] before = weights();
    Shell.done("evaluate", model, "--data=digits");
    assertArrayEquals(before, weights());
  }

  private static float[] weights() {
    try (Model<Prediction> loaded = Model.load(Path.of(model), Prediction.class)) {
      return loaded.weights("dense/kernel");
    }
  }

  private static Scores evaluation() {
    try (Model<Prediction> loaded = Model.load(Path.of(model), Prediction.class)) {
      return loaded.evaluate(BundledDigits.read().test());
    }
  }
}
