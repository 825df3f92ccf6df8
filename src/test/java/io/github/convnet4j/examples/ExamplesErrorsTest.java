package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.files.BundledDigits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's mistake ends in one sentence on standard error and exit code 2. */
class ExamplesErrorsTest {
  @TempDir private Path folder;

  @Test
  void listsTheExamplesIfNoneIsGiven() {
    Recorder recorder = new Recorder();
    assertEquals(0, recorder.executeAsTyped());
    assertAll(
        () -> assertTrue(recorder.out().contains("  Ex11_1 "), recorder.out()),
        () -> assertTrue(recorder.out().contains("  Ex11_9 "), recorder.out()),
        () -> assertEquals("", recorder.messages()));
  }

  @Test
  void namesAnUnknownExampleAndListsTheExamples() {
    Recorder recorder = new Recorder();
    assertEquals(2, recorder.executeAsTyped("Ex11_99"));
    assertEquals("", recorder.out());
    assertTrue(
        recorder
            .messages()
            .startsWith("There is no example named Ex11_99; these are the examples:\n"),
        recorder.messages());
    assertTrue(recorder.messages().contains("  Ex11_9 "), recorder.messages());
  }

  @Test
  void helpShowsTheOptionsWithTheNotebooksDefaults() {
    Recorder recorder = new Recorder();
    assertEquals(0, recorder.executeAsTyped("Ex11_9", "--help"));
    for (String option :
        List.of("--epochs", "--batch-size", "--learning-rate", "--keep-prob", "--seed", "--data")) {
      assertTrue(recorder.out().contains(option), recorder.out());
    }
    assertTrue(recorder.out().contains("(default: 0.001)"), recorder.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ex11_8 --epoch 3|Unknown option: '--epoch' (did you mean --epochs?); Ex11_8 --help lists"
            + " the options",
        "Ex11_1 more|Unexpected argument: 'more'; Ex11_1 --help lists the options",
        "Ex11_1 --epochs 3|Unknown option: '--epochs'; Ex11_1 --help lists the options",
        "Ex11_8 --keep-prob 0.5|"
            + "Unknown option: '--keep-prob'; Ex11_8 --help lists the options",
        "Ex11_8 --epochs many|"
            + "Invalid value for option '--epochs': 'many' is not an int;"
            + " Ex11_8 --help lists the options",
        "Ex11_8 --epochs 0|epochs must be at least 1: 0",
        "Ex11_8 --epochs -3|epochs must be at least 1: -3",
        "Ex11_8 --batch-size 0|batch size must be at least 1: 0",
        "Ex11_8 --learning-rate 0|learning rate must be a number above 0: 0.0",
        "Ex11_8 --learning-rate NaN|learning rate must be a number above 0: NaN",
        "Ex11_8 --learning-rate Infinity|learning rate must be a number above 0: Infinity",
        "Ex11_8 --seed -2147483648|seed must be above -2147483648: -2147483648",
        "Ex11_9 --keep-prob 0|keep probability must be above 0 and at most 1: 0.0",
        "Ex11_9 --keep-prob 1.5|keep probability must be above 0 and at most 1: 1.5",
        "Ex11_10 --epochs 0|epochs must be at least 1: 0",
        "Ex11_9 --keep-prob NaN|keep probability must be above 0 and at most 1: NaN",
      })
  void reportsAMistakeInTheOptionsInOneSentence(String command, String sentence) {
    Recorder recorder = new Recorder();
    assertEquals(2, recorder.execute(command.split(" ")));
    assertEquals(sentence + "\n", recorder.messages());
    assertEquals("", recorder.out());
  }

  @Test
  void reportsAnUnknownPlotTargetWithTheKnownOnes() {
    Recorder recorder = new Recorder();
    assertEquals(2, recorder.executeAsTyped("Ex11_1", "--plots", "paper"));
    assertTrue(recorder.messages().contains("--plots"), recorder.messages());
    assertTrue(recorder.messages().contains("window, file, none: paper"), recorder.messages());
    assertEquals(1, recorder.messages().lines().count(), recorder.messages());
  }

  @Test
  void reportsAnUnknownKindOfImagesWithTheKnownOnes() {
    Recorder recorder = new Recorder();
    assertEquals(2, recorder.execute("Ex11_10", "--images", "shoes"));
    assertTrue(recorder.messages().contains("--images"), recorder.messages());
    assertTrue(recorder.messages().contains("clothes: shoes"), recorder.messages());
    assertEquals(1, recorder.messages().lines().count(), recorder.messages());
  }

  @Test
  void refusesABatchThatIsLargerThanTheData() {
    TrainingSettings settings = new TrainingSettings(1, 1413, 0.001, 1, 777);
    UsageException thrown =
        org.junit.jupiter.api.Assertions.assertThrows(
            UsageException.class,
            () -> Ex11_8.run(new Recorder().console(), BundledDigits.read(), settings));
    assertTrue(
        thrown.getMessage().startsWith("batch size ") && thrown.getMessage().contains("1413"),
        thrown.getMessage());
  }

  @Test
  void namesAMissingDataFolder() {
    Recorder recorder = new Recorder();
    Path missing = folder.resolve("missing");
    assertEquals(2, recorder.execute("Ex11_6", "--data", missing.toString()));
    assertEquals(1, recorder.messages().lines().count(), recorder.messages());
    assertTrue(recorder.messages().contains(missing.toString()), recorder.messages());
    assertFalse(recorder.messages().contains("\tat "), recorder.messages());
  }

  @Test
  void namesAMissingDataFile() throws IOException {
    Files.createFile(folder.resolve("train-labels-idx1-ubyte"));
    Recorder recorder = new Recorder();
    assertEquals(2, recorder.execute("Ex11_9", "--data", folder.toString()));
    assertTrue(recorder.messages().contains("train-images-idx3-ubyte"), recorder.messages());
    assertEquals(1, recorder.messages().lines().count(), recorder.messages());
  }

  @Test
  void namesAPlotsFolderThatCannotBeCreated() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path below = file.resolve("plots");
    Recorder recorder = new Recorder();
    assertEquals(
        2,
        recorder.executeAsTyped("Ex11_1", "--plots", "file", "--plots-folder", below.toString()));
    assertTrue(recorder.messages().contains(below.toString()), recorder.messages());
    assertEquals(1, recorder.messages().lines().count(), recorder.messages());
  }

  @Test
  void stacktracePrintsWhereTheErrorOccurredBelowTheSentence() {
    Recorder recorder = new Recorder();
    assertEquals(2, recorder.execute("Ex11_8", "--epochs", "0", "--stacktrace"));
    assertTrue(
        recorder.messages().startsWith("epochs must be at least 1: 0\n"), recorder.messages());
    assertTrue(recorder.messages().contains("\tat "), recorder.messages());
  }

  @Test
  void namesAPlatformWithoutANativeLibrary() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dorg.bytedeco.javacpp.platform=linux-s390x");
    if (Runtime.version().feature() >= 24) {
      // From 24 on, the JVM warns about native code that is not enabled explicitly.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Ex11_2.class.getName(), "--plots", "none"));
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectError(errors.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertEquals(2, process.waitFor());
    String text = Files.readString(errors, StandardCharsets.UTF_8);
    assertTrue(text.contains("linux-s390x"), text);
    assertEquals(1, text.lines().count(), text);
  }
}
