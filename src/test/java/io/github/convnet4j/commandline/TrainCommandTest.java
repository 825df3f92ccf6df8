package io.github.convnet4j.commandline;

import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.outputs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.store.WriteLock;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

class TrainCommandTest {
  @TempDir private Path folder;
  private Path network;
  private Path out;

  @BeforeEach
  void writeNetwork() throws IOException {
    network = Files.writeString(folder.resolve("net.json"), Shell.TINY.toJson());
    out = folder.resolve("model");
  }

  @Test
  void trainsTheNetworkInTheFileAndSavesTheModel() {
    String printed = Shell.done(train("--epochs", "2"));
    try (Model<Prediction> model = Model.load(out, Prediction.class)) {
      assertEquals(Shell.TINY, model.network());
      assertEquals(Optimizers.adam(0.001), model.optimizer());
      assertEquals(2, model.epochsTrained());
      // 1,412 images, 32 per step.
      assertEquals(90, model.stepsTrained());
      EpochResult last = model.history().last();
      assertEquals(
          "Saved to %s: 2 epochs, 90 steps; validation %s\n"
              .formatted(out, last.validation().orElseThrow()),
          printed);
      assertEquals(128, last.validation().orElseThrow().total());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--mixed-precision, TRAINING INFERENCE",
    "--mixed-precision=training, TRAINING",
    "--epochs=1, ''"
  })
  void mixedPrecisionReachesTheModel(String option, String modes) {
    Shell.done(train("--epochs=1", "--max-steps=2", option));
    try (Model<Prediction> model = Model.load(out, Prediction.class)) {
      assertEquals(
          modes,
          model.options().mixedPrecisionIn().stream()
              .map(Mode::name)
              .collect(Collectors.joining(" ")));
    }
  }

  @Test
  void refusesToResumeInAnotherPrecision() {
    String places = "--checkpoints=" + folder.resolve("checkpoints");
    Shell.done(train("--epochs=1", "--max-steps=2", places));
    String message = Shell.mistake(train("--epochs=1", places, "--mixed-precision"));
    assertTrue(message.contains("precision"), message);
  }

  @Test
  void aByteOrderMarkInTheNetworkFileIsSkipped() throws IOException {
    Files.writeString(network, "\uFEFF" + Shell.TINY.toJson());
    assertTrue(Shell.done(train("--max-steps", "1")).startsWith("Saved to "));
  }

  @Test
  void theValidationImagesThatAreUsedAreCounted() {
    Shell shell = new Shell();
    assertEquals(0, shell.execute(train("--max-steps", "1", "--validation", "0.5")));
    assertTrue(
        shell.messages().contains("--validation 0.5: train 770, validation 770\n"),
        shell.messages());
  }

  @Test
  void optionsReachTheModel() {
    Shell.done(
        train(
            ("--epochs=1 --max-steps=2 --optimizer=nesterov --learning-rate=0.5 --clip=2 --seed=9"
                    + " --label-smoothing=0.1 --normalize")
                .split(" ")));
    try (Model<Prediction> model = Model.load(out, Prediction.class)) {
      assertEquals(
          Optimizers.sgd(0.5).momentum(0.9).nesterov().clipByGlobalNorm(2), model.optimizer());
      assertEquals(9, model.options().seed());
      assertEquals(
          Losses.softmaxCrossEntropy().labelSmoothing(0.1), model.tasks().get(0).task().loss());
      assertEquals(1, model.options().normalization().mean().size());
      assertEquals(2, model.stepsTrained());
    }
  }

  @Test
  void choosesANetworkIfNoneIsGiven() {
    Shell.done("train", "--data", "digits", "--out", out.toString(), "--max-steps", "1");
    try (Model<Prediction> model = Model.load(out, Prediction.class)) {
      assertEquals(DefaultNetwork.ofVector(Shape.of(28, 28, 1), 10), model.network());
    }
  }

  @Test
  void writesHistoryCurvesAndCheckpoints() throws IOException {
    Path csv = folder.resolve("history.csv");
    Path board = folder.resolve("board");
    Path checkpoints = folder.resolve("checkpoints");
    Shell.done(
        train(
            "--epochs=3",
            "--history=" + csv,
            "--tensorboard=" + board,
            "--checkpoints=" + checkpoints));
    assertEquals(4, Files.readAllLines(csv).size());
    assertTrue(Files.isDirectory(board.resolve("train")));
    assertEquals(List.of("epoch-0002", "epoch-0003"), names(checkpoints));
  }

  @Test
  void earlyStoppingSaysToWhichEpochItWentBack() {
    String saved =
        Shell.done(train("--epochs=30", "--early-stopping=1", "--learning-rate=0.5"))
            .lines()
            .filter(line -> line.startsWith("Saved to"))
            .findFirst()
            .orElseThrow();
    Matcher matcher =
        Pattern.compile("Saved to .*: epoch (\\d+) of (\\d+), .* val_loss \\((\\d+) epochs?, .*")
            .matcher(saved);
    assertTrue(matcher.matches(), saved);
    int best = Integer.parseInt(matcher.group(1));
    assertEquals(best + 1, Integer.parseInt(matcher.group(2)), saved);
    assertEquals(best, Integer.parseInt(matcher.group(3)), saved);
    assertTrue(best < 29, saved);
  }

  @Test
  void interruptedTrainingResumesWithTheSameCommandAndEndsWithTheSameModel() {
    String[] options =
        ("--epochs=3 --schedule=one-cycle --warm-up=0.5 --augment=shift=0.1,noise=0.05"
                + " --early-stopping=2 --reduce-on-plateau=1")
            .split(" ");
    Shell.done(with(train(options), "--checkpoints=" + folder.resolve("whole")));
    float[] whole = weights();

    Path other = folder.resolve("other");
    out = other;
    String checkpoints = "--checkpoints=" + folder.resolve("parts");
    Shell.done(with(train(options), checkpoints, "--max-steps=50"));
    assertFalse(Arrays.equals(whole, weights()));
    Shell shell = new Shell();
    String[] resume = with(train(options), checkpoints);
    assertEquals(0, shell.execute(resume), shell.messages());
    assertTrue(
        shell
            .messages()
            .contains(
                "Resuming from %s after 1 epoch, 50 steps\n".formatted(folder.resolve("parts"))),
        shell.messages());
    assertArrayEquals(whole, weights());
    // The third time there is nothing left to do.
    Shell.done(resume);
    assertArrayEquals(whole, weights());
  }

  @Test
  void refusesToResumeFromCheckpointsOfAnotherRun() {
    String checkpoints = "--checkpoints=" + folder.resolve("checkpoints");
    Shell.done(with(train("--max-steps=1"), checkpoints));
    for (String other : List.of("--seed=2", "--optimizer=sgd")) {
      String message = Shell.mistake(with(train(other), checkpoints));
      assertTrue(message.startsWith("--checkpoints: " + folder.resolve("checkpoints")), message);
      assertTrue(message.contains(other.substring(2, other.indexOf('='))), message);
    }
  }

  @Test
  void refusesToWriteToAFolderThatIsNotAModel() throws IOException {
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.writeString(full.resolve("thesis.txt"), "all of it");
    String message = Shell.mistake("train", "--data=digits", "--out=" + full);
    assertTrue(message.startsWith("--out: " + full) && message.contains("thesis.txt"), message);
    String file = Shell.mistake("train", "--data=digits", "--out=" + network);
    assertTrue(file.startsWith("--out: " + network), file);
    assertEquals("all of it", Files.readString(full.resolve("thesis.txt")));
  }

  /** Refuses before training what would fail after it, even before --data is read. */
  @Test
  void refusesToWriteOtherFilesIntoTheModel() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    for (String other :
        List.of(
            "--history=" + out.resolve("history.csv"),
            "--history=" + folder.resolve("x/../model/deep/history.json"),
            "--history=" + link.resolve("model/history.csv"),
            "--tensorboard=" + out.resolve("logs"),
            "--tensorboard=" + out,
            "--checkpoints=" + out.resolve("checkpoints"),
            "--checkpoints=" + out)) {
      String message = Shell.mistake(with(train(other), "--data=" + folder.resolve("nowhere")));
      assertTrue(message.startsWith(other.replace('=', ' ')), message);
      assertTrue(message.contains("--out " + out), message);
      assertTrue(message.contains("--out " + out.resolve("model")), message);
      assertFalse(Files.exists(out));
    }
    // The layout that the message suggests.
    out = folder.resolve("run/model");
    Shell.done(
        with(
            train("--max-steps=1"),
            "--history=" + folder.resolve("run/history.csv"),
            "--tensorboard=" + folder.resolve("run/logs"),
            "--checkpoints=" + folder.resolve("run/checkpoints")));
  }

  @Test
  void refusesPlacesThatAreInsideOneAnother() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    Path table = folder.resolve("history.csv");
    String first = "--checkpoints=" + checkpoints;
    for (String[] options :
        List.of(
            new String[] {first, "--out=" + checkpoints.resolve("epoch-0001")},
            new String[] {first, "--history=" + checkpoints.resolve("epoch-0002/h.csv")},
            new String[] {first, "--tensorboard=" + checkpoints.resolve("epoch-0002")},
            new String[] {"--history=" + table, "--out=" + table.resolve("model")},
            new String[] {"--history=" + table, "--tensorboard=" + table},
            new String[] {"--tensorboard=" + folder, "--out=" + folder.resolve("train")})) {
      List<String> command = new ArrayList<>(List.of(train(options)));
      if (options[1].startsWith("--out")) {
        command.remove("--out=" + out);
      }
      String message = Shell.mistake(command.toArray(String[]::new));
      assertTrue(message.contains(options[0].replace('=', ' ')), message);
      assertTrue(message.contains(options[1].replace('=', ' ')), message);
    }
    assertEquals(List.of("net.json"), names(folder));
  }

  @Test
  void aModelMayBeNextToItsCheckpoints() {
    out = folder.resolve("run/model");
    Shell.done(train("--max-steps=1", "--checkpoints=" + folder.resolve("run")));
    Shell.done(train("--max-steps=2", "--checkpoints=" + folder.resolve("run")));
  }

  @Test
  void namesTheOptionOfAPlaceThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (String other :
        List.of(
            "--history=" + file.resolve("h.csv"),
            "--tensorboard=" + file.resolve("logs"),
            "--checkpoints=" + file.resolve("saves"),
            "--checkpoints=" + file)) {
      String message = Shell.mistake(train(other));
      assertTrue(message.startsWith(other.substring(0, other.indexOf('=')) + ": "), message);
      assertTrue(message.contains(file.toString()), message);
    }
    assertFalse(Files.exists(out));
  }

  @Test
  void ignoresFilesThatDesktopsAndKilledRunsLeave() throws IOException {
    Files.createDirectories(out);
    for (String name : List.of(".DS_Store", "desktop.ini", ".unfinished-123", ".lock")) {
      Files.writeString(out.resolve(name), "");
    }
    Shell.done(train("--max-steps=1"));
    Shell.done(train("--max-steps=1"));
    weights();
  }

  @Test
  void refusesASecondRunIntoTheSameFolderAtOnce() {
    WriteLock lock = WriteLock.onFolder(out);
    String message =
        CompletableFuture.supplyAsync(
                () -> Shell.mistake(with(train(), "--data=" + folder.resolve("nowhere"))))
            .join();
    lock.close();
    assertTrue(message.startsWith("--out: " + out), message);
  }

  /** A model that is not finite replaces nothing, and a sensible learning rate then trains. */
  @Test
  void doesNotSaveWeightsThatAreNotFinite() {
    Path checkpoints = folder.resolve("checkpoints");
    String[] sane = {"train", "--data=digits", "--out=" + out, "--max-steps=5", "--progress=none"};
    Shell.done(sane);
    float[] before = weights();
    String[] wild = with(sane, "--learning-rate=1e20");
    for (String[] command : List.of(wild, with(wild, "--checkpoints=" + checkpoints))) {
      String message = Shell.mistake(command);
      assertTrue(message.contains("5 steps") && message.contains("conv2d"), message);
      assertArrayEquals(before, weights());
    }
    Shell.done(with(sane, "--checkpoints=" + checkpoints));
    assertArrayEquals(before, weights());
  }

  /** The other files are no pictures, so none of them can have been read. */
  @Test
  void refusesPicturesThatAreTooLargeAfterTheFirstHeader() throws IOException {
    Path pictures = folder.resolve("pictures");
    for (int i = 0; i < 40; i++) {
      Path file = pictures.resolve("%s/%02d.png".formatted(i < 20 ? "a" : "b", i));
      Files.createDirectories(file.getParent());
      Files.writeString(file, "no picture");
    }
    BufferedImage large = new BufferedImage(8000, 8000, BufferedImage.TYPE_BYTE_BINARY);
    ImageIO.write(large, "png", pictures.resolve("a/00.png").toFile());
    String message = Shell.mistake("train", "--data=" + pictures, "--out=" + out);
    assertTrue(message.startsWith("3 batches of 32 examples take 23438 MB"), message);
    assertTrue(message.contains("--size"), message);
    assertFalse(Files.exists(out));
  }

  @Test
  void replacesAnEarlierModel() {
    Shell.done(train("--max-steps=1", "--seed=1"));
    float[] first = weights();
    Shell.done(train("--max-steps=1", "--seed=2"));
    assertFalse(Arrays.equals(first, weights()));
  }

  @Test
  void refusesANetworkThatDoesNotFitTheImages() throws IOException {
    Path wide = folder.resolve("wide.json");
    Files.writeString(wide, Shell.TINY.toJson().replace("28, 28, 1", "32, 28, 1"));
    String message = Shell.mistake("train", "--data=digits", "--network=" + wide, "--out=" + out);
    assertTrue(message.startsWith("--network: " + wide), message);
    assertTrue(message.contains("[32, 28, 1]") && message.contains("[28, 28, 1]"), message);
    Path nine = folder.resolve("nine.json");
    Files.writeString(nine, Shell.TINY.toJson().replace("\"units\" : 10", "\"units\" : 9"));
    message = Shell.mistake("train", "--data=digits", "--network=" + nine, "--out=" + out);
    assertTrue(message.startsWith("--network: ") && message.contains(nine.toString()), message);
    assertTrue(message.contains("[9]") && message.contains("10 units"), message);
    Input a = input("a", 28, 28, 1);
    Input b = input("b", 28, 28, 1);
    Path two =
        Files.writeString(
            folder.resolve("two.json"),
            Network.of(inputs(a, b), outputs(add(a, b).as("c"))).toJson());
    message = Shell.mistake("train", "--data=digits", "--network=" + two, "--out=" + out);
    assertTrue(message.startsWith("--network: " + two) && message.contains("[a, b]"), message);
  }

  @Test
  void trainingThatDivergesIsAUsersMistake() {
    String message =
        Shell.mistake(train("--optimizer=sgd", "--learning-rate=3e38", "--progress=none"));
    assertTrue(message.contains("epoch 1, batch "), message);
    assertFalse(Files.exists(out));
  }

  private float[] weights() {
    try (Model<Prediction> model = Model.load(out, Prediction.class)) {
      return model.weights("dense/kernel");
    }
  }

  private String[] train(String... options) {
    return with(
        new String[] {
          "train", "--data=digits", "--network=" + network, "--out=" + out, "--progress=lines"
        },
        options);
  }

  private static String[] with(String[] command, String... options) {
    return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
