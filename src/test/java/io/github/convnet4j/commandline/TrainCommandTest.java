package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.optimizer.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void trainsTheNetworkOfTheFileAndSavesIt() {
    String printed = Shell.done(train("--epochs", "2"));
    try (Classifier classifier = Classifier.load(out)) {
      assertEquals(Shell.TINY, classifier.network());
      assertEquals(Optimizers.adam(0.001f), classifier.optimizer());
      assertEquals(2, classifier.epochsTrained());
      // 1,412 images, 32 a step.
      assertEquals(90, classifier.stepsTrained());
      EpochResult last = classifier.history().last();
      assertEquals(
          "Saved to %s: 2 epochs, 90 steps; validation %s\n"
              .formatted(out, last.validation().orElseThrow()),
          printed);
      assertEquals(128, last.validation().orElseThrow().total());
    }
  }

  @Test
  void optionsReachTheClassifier() {
    Shell.done(
        train(
            ("--epochs=1 --max-steps=2 --optimizer=nesterov --learning-rate=0.5 --clip=2 --seed=9"
                    + " --label-smoothing=0.1 --normalize")
                .split(" ")));
    try (Classifier classifier = Classifier.load(out)) {
      assertEquals(
          Optimizers.sgd(0.5f).momentum(0.9f).nesterov().clipByGlobalNorm(2),
          classifier.optimizer());
      assertEquals(9, classifier.options().seed());
      assertEquals(Losses.softmaxCrossEntropy().labelSmoothing(0.1f), classifier.options().loss());
      assertEquals(1, classifier.options().normalization().mean().size());
      assertEquals(2, classifier.stepsTrained());
    }
  }

  @Test
  void withoutANetworkItMakesOne() {
    Shell.done("train", "--data", "digits", "--out", out.toString(), "--max-steps", "1");
    try (Classifier classifier = Classifier.load(out)) {
      assertEquals(DefaultNetwork.of(28, 28, 1, 10), classifier.network());
    }
  }

  @Test
  void writesHistoriesCurvesAndCheckpoints() throws IOException {
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
  void trainingThatWasCutOffGoesOnByTheSameCommandToTheSameModel() {
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
    String[] goOn = with(train(options), checkpoints);
    assertEquals(0, shell.execute(goOn), shell.messages());
    assertTrue(
        shell
            .messages()
            .contains(
                "Going on from %s: 1 epochs, 50 steps are done\n"
                    .formatted(folder.resolve("parts"))),
        shell.messages());
    assertArrayEquals(whole, weights());
    // Once more there is nothing left to do.
    Shell.done(goOn);
    assertArrayEquals(whole, weights());
  }

  @Test
  void checkpointsOfAnotherTrainingAreNotGoneOnWith() {
    String checkpoints = "--checkpoints=" + folder.resolve("checkpoints");
    Shell.done(with(train("--max-steps=1"), checkpoints));
    for (String other : List.of("--seed=2", "--optimizer=sgd")) {
      String told = Shell.mistake(with(train(other), checkpoints));
      assertTrue(
          told.startsWith(
              "--checkpoints: %s holds a training of another "
                  .formatted(folder.resolve("checkpoints"))),
          told);
    }
  }

  @Test
  void aFolderThatIsNoModelIsNotWrittenTo() throws IOException {
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.writeString(full.resolve("thesis.txt"), "all of it");
    String told = Shell.mistake("train", "--data=digits", "--out=" + full);
    assertTrue(told.startsWith("--out: " + full) && told.contains("holds thesis.txt"), told);
    String file = Shell.mistake("train", "--data=digits", "--out=" + network);
    assertTrue(file.startsWith("--out: " + network) && file.endsWith("is a file"), file);
    assertEquals("all of it", Files.readString(full.resolve("thesis.txt")));
  }

  @Test
  void anEarlierModelIsReplaced() {
    Shell.done(train("--max-steps=1", "--seed=1"));
    float[] first = weights();
    Shell.done(train("--max-steps=1", "--seed=2"));
    assertFalse(Arrays.equals(first, weights()));
  }

  @Test
  void aNetworkThatDoesNotFitIsToldWithTheShapes() throws IOException {
    Path wide = folder.resolve("wide.json");
    Files.writeString(wide, Shell.TINY.toJson().replace("28, 28, 1", "32, 28, 1"));
    assertEquals(
        "--network: %s takes [32, 28, 1] but the images are [28, 28, 1]: change its \"input\", or"
                .formatted(wide)
            + " --size and --colour",
        Shell.mistake("train", "--data=digits", "--network=" + wide, "--out=" + out));
    Path nine = folder.resolve("nine.json");
    Files.writeString(nine, Shell.TINY.toJson().replace("\"units\" : 10", "\"units\" : 9"));
    assertEquals(
        "--network: %s gives [9] but there are 10 classes: end it in a dense layer of 10 units"
            .formatted(nine),
        Shell.mistake("train", "--data=digits", "--network=" + nine, "--out=" + out));
  }

  @Test
  void trainingThatGoesAstrayIsAUsersMistake() {
    String told =
        Shell.mistake(train("--optimizer=sgd", "--learning-rate=3e38", "--progress=none"));
    assertTrue(told.startsWith("training has gone astray in epoch 1, batch "), told);
    assertFalse(Files.exists(out));
  }

  private float[] weights() {
    try (Classifier classifier = Classifier.load(out)) {
      return classifier.weights("dense/kernel");
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
