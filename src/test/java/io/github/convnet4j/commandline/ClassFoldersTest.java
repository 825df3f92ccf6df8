package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.store.Content;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a folder of class folders to a prediction, as a new user would do it. */
class ClassFoldersTest {
  @TempDir private Path folder;
  private String pictures;
  private String model;

  /** Twenty dark and twenty light pictures of various sizes. */
  @BeforeEach
  void draw() {
    pictures = folder.resolve("pictures").toString();
    model = folder.resolve("model").toString();
    for (int i = 0; i < 20; i++) {
      shade("pictures/dark/" + i + ".png", 10 + i % 3, 3 * i);
      shade("pictures/light/" + i + ".png", 10 + i % 5, 255 - 3 * i);
    }
  }

  @Test
  void trainsEvaluatesAndPredictsWithTheFoldersNames() {
    train();
    try (Model<Prediction> loaded = Model.load(Path.of(model), Prediction.class)) {
      assertEquals(List.of("dark", "light"), loaded.classNames());
      assertEquals("[8, 8, 1]", loaded.network().input().toString());
    }
    String report = Shell.done("evaluate", model, "--data", pictures);
    assertTrue(report.contains("accuracy 1.0000 (4 of 4)"), report);
    String night = shade("night.png", 30, 20);
    assertTrue(Shell.done("predict", model, night).startsWith(night + "  dark "), night);
  }

  @Test
  void aModelRecordsWhetherItsPicturesWereInverted() {
    train("--invert");
    String report = Shell.done("evaluate", model, "--data", pictures);
    assertTrue(report.contains("accuracy 1.0000 (4 of 4)"), report);
    assertEquals(report, Shell.done("evaluate", model, "--data", pictures, "--invert"));
    String night = shade("night.png", 30, 20);
    Shell shell = new Shell();
    assertEquals(0, shell.execute("predict", model, night));
    assertTrue(shell.out().startsWith(night + "  dark "), shell.out());
    assertEquals("", shell.messages());
    String summary = Shell.done("summary", model);
    assertTrue(summary.contains("Pictures: stretched to 8x8, grey, inverted\n"), summary);
  }

  /** Each of these changes what the network sees, so each command must repeat it by itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--invert",
        "--fit=crop",
        "--fit=pad --pad-colour=white",
        "--fit=center --pad-colour=128",
        "--interpolation=nearest",
        "--interpolation=lanczos3 --no-antialias",
        "--colour=rgb"
      })
  void everyCommandPreparesPicturesAsTrainDid(String typed) throws IOException {
    String[] options = typed.split(" ");
    train(options);
    String report = Shell.done("evaluate", model, "--data", pictures, "--part=all");
    List<String> repeated = new ArrayList<>(List.of("evaluate", model, "--data", pictures));
    repeated.addAll(List.of("--part=all", "--size=8"));
    repeated.addAll(List.of(options));
    assertEquals(report, Shell.done(repeated.toArray(String[]::new)));
    // What predict says about the same files has the accuracy that evaluate reports.
    JsonNode answers =
        new ObjectMapper().readTree(Shell.done("predict", model, pictures, "--json"));
    assertEquals(40, answers.size());
    int correct = 0;
    for (JsonNode answer : answers) {
      String file = answer.path("picture").textValue();
      String predicted = answer.path("classes").path(0).path("name").textValue();
      correct += Path.of(file).getParent().endsWith(predicted) ? 1 : 0;
    }
    assertTrue(report.contains(" (%d of 40)".formatted(correct)), report + answers);
    String page = folder + "/page.html";
    Shell.done("report", model, "--data", pictures, "--part=all", "--out=" + page);
    assertTrue(Files.readString(Path.of(page)).contains(correct + " of 40"), report);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--size=9",
        "--fit=crop",
        "--pad-colour=white",
        "--interpolation=area",
        "--no-antialias",
        "--colour=rgb",
        "--invert",
        "--range=0:9"
      })
  void refusesAnOptionThatDiffersFromTheModels(String option) {
    train();
    String night = shade("night.png", 30, 20);
    for (String message :
        List.of(
            Shell.mistake("predict", model, night, option),
            Shell.mistake("evaluate", model, "--data", pictures, option),
            Shell.mistake(
                "report", model, "--data", pictures, option, "--out=" + folder + "/a.html"))) {
      assertTrue(message.startsWith(option.split("=", -1)[0]), message);
      assertTrue(message.contains("stretched to 8x8, grey"), message);
    }
  }

  @Test
  void predictsTheFilesOfAFolder() throws IOException {
    train();
    shade("new/b.png", 9, 10);
    shade("new/a/c.png", 9, 250);
    Path bad = Files.writeString(folder.resolve("new/bad.png"), "a text");
    Files.writeString(folder.resolve("new/note.txt"), "a text");
    Shell shell = new Shell();
    assertEquals(2, shell.execute("predict", model, folder + "/new", "--top=1"));
    List<String> lines = shell.out().lines().toList();
    assertEquals(2, lines.size(), shell.out());
    assertTrue(lines.get(0).startsWith(folder.resolve("new/a/c.png") + "  light "), shell.out());
    assertTrue(lines.get(1).startsWith(folder.resolve("new/b.png") + "    dark "), shell.out());
    assertTrue(shell.messages().contains(bad.toString()), shell.messages());
    assertTrue(shell.messages().contains("note.txt"), shell.messages());
    Files.createDirectories(folder.resolve("empty"));
    String message = Shell.mistake("predict", model, folder + "/empty");
    assertTrue(message.startsWith(folder.resolve("empty") + " has no pictures"), message);
  }

  @Test
  void refusesToInvertForAModelTrainedWithoutIt() {
    train();
    String night = shade("night.png", 30, 20);
    for (String message :
        List.of(
            Shell.mistake("predict", model, night, "--invert"),
            Shell.mistake("evaluate", model, "--data", pictures, "--invert"),
            Shell.mistake(
                "report", model, "--data", pictures, "--invert", "--out=" + folder + "/a.html"))) {
      assertTrue(message.startsWith("--invert: "), message);
    }
  }

  @Test
  void aModelThatDoesNotRecordItsPictureFormatFollowsTheOption() throws IOException {
    train("--invert");
    Path other = withoutPictureFormat(Path.of(model), folder.resolve("other"));
    String night = shade("night.png", 30, 20);
    Shell shell = new Shell();
    assertEquals(0, shell.execute("predict", other.toString(), night));
    assertTrue(shell.out().startsWith(night + "  light "), shell.out());
    assertTrue(shell.messages().contains("--invert"), shell.messages());
    Shell inverting = new Shell();
    assertEquals(0, inverting.execute("predict", other.toString(), night, "--invert"));
    assertTrue(inverting.out().startsWith(night + "  dark "), inverting.out());
    assertEquals("", inverting.messages());
  }

  /** Returns the same model as it would be if it had not been trained on pictures. */
  private static Path withoutPictureFormat(Path model, Path to) throws IOException {
    Map<String, Content> files = new LinkedHashMap<>();
    SavedFiles saved = SavedFiles.open(model);
    for (String name : saved.names()) {
      byte[] bytes = saved.bytes(name);
      byte[] changed = name.equals("model.json") ? withoutPictures(bytes) : bytes;
      files.put(name, out -> out.write(changed));
    }
    SavedFiles.write(to, files);
    return to;
  }

  private static byte[] withoutPictures(byte[] description) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode tree = mapper.readTree(description);
    ((ObjectNode) tree.path("options")).putArray("pictures");
    return mapper.writeValueAsBytes(tree);
  }

  @Test
  void refusesToResumeFromCheckpointsOfInvertedPictures() {
    String checkpoints = "--checkpoints=" + folder.resolve("checkpoints");
    train("--invert", checkpoints, "--epochs=1");
    String message =
        Shell.mistake(
            "train",
            "--data=" + pictures,
            "--size=8",
            "--out=" + model,
            "--learning-rate=0.01",
            checkpoints);
    assertTrue(message.contains("picture format"), message);
  }

  @Test
  void skipsUnreadablePicturesOnRequest() throws IOException {
    for (int i = 0; i < 3; i++) {
      Files.writeString(Path.of(pictures, "dark", "bad" + i + ".png"), "a text");
    }
    Files.writeString(Path.of(pictures, "light", "notes.txt"), "a text");
    Shell refused = new Shell();
    assertEquals(2, refused.execute("train", "--data", pictures, "--size=8", "--out", model));
    assertTrue(refused.messages().startsWith("3 of 43 pictures "), refused.messages());
    train("--skip-unreadable");
    for (String part : List.of("--part=test", "--part=all")) {
      Shell shell = new Shell();
      assertEquals(
          0, shell.execute("evaluate", model, "--data", pictures, part, "--skip-unreadable"));
      assertTrue(
          shell.messages().contains("Left out: 1 file without a picture: light/notes.txt\n"),
          shell.messages());
      assertTrue(
          shell.messages().contains("Left out: " + Path.of(pictures, "dark", "bad2.png")),
          shell.messages());
    }
  }

  @Test
  void theDataLineNamesTheClasses() {
    Shell shell = new Shell();
    assertEquals(0, shell.execute("summary", "--data", pictures, "--size=8"));
    assertTrue(shell.messages().endsWith(", 2 classes: dark, light\n"), shell.messages());
  }

  @Test
  void partAllAcceptsAFolderOfSomeOfTheClasses() {
    train();
    shade("other/light/1.png", 5, 250);
    shade("other/light/2.png", 5, 20);
    String other = folder.resolve("other").toString();
    String report = Shell.done("evaluate", model, "--data", other, "--part=all");
    assertTrue(report.contains("accuracy 0.5000 (1 of 2)"), report);
    shade("other/dusk/1.png", 5, 100);
    String message = Shell.mistake("evaluate", model, "--data", other);
    assertTrue(message.startsWith("--data: ") && message.contains("dusk, light"), message);
    assertTrue(message.contains("dark, light") && message.contains("--part all"), message);
  }

  @Test
  void validationIsAFolderAShareOrNone() {
    shade("others/dark/1.png", 9, 0);
    shade("others/light/1.png", 7, 255);
    Path others = folder.resolve("others");
    assertTrue(train("--validation=" + others).contains("accuracy 1.0000 (2 of 2)"));
    assertTrue(train("--validation=0.5").contains(" of 18)"));
    assertTrue(train("--validation=none").endsWith("30 epochs, 60 steps\n"));
  }

  @Test
  void reportsMistakesInTheFolder() throws IOException {
    String message = Shell.mistake("train", "--data", pictures, "--out", model);
    assertTrue(message.contains("--size"), message);
    Path note = Files.writeString(Path.of(pictures, "dark", "note.png"), "a text");
    message = Shell.mistake("train", "--data", pictures, "--size=8", "--out", model);
    assertTrue(
        message.startsWith(note.toString()) && message.contains("--skip-unreadable"), message);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    message = Shell.mistake("train", "--data=" + empty, "--out", model);
    assertTrue(message.startsWith(empty.toString()), message);
  }

  private String train(String... options) {
    String[] command = {
      "train",
      "--data=" + pictures,
      "--size=8",
      "--out=" + model,
      "--epochs=30",
      "--learning-rate=0.01",
      "--progress=none"
    };
    String[] all = Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    return Shell.done(all);
  }

  private String shade(String name, int side, int shade) {
    byte[] pixels = new byte[side * side];
    Arrays.fill(pixels, (byte) shade);
    return Shell.picture(folder.resolve(name), side, side, pixels).toString();
  }
}
