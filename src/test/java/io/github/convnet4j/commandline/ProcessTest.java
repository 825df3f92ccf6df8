package io.github.convnet4j.commandline;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.convnet4j.files.NoisyPictures;
import io.github.convnet4j.model.Network;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** What only a separate process can show. */
class ProcessTest {
  @TempDir private Path folder;

  @Test
  void saysThatPicocliIsMissing() throws IOException, InterruptedException {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("picocli"))
            .collect(Collectors.joining(File.pathSeparator));
    assertEquals(2, start(classPath, "--help").waitFor());
    String message = Files.readString(folder.resolve("messages.txt"));
    assertTrue(message.startsWith("The command line needs picocli, "), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aLogMessageTakesOneLine() throws IOException, InterruptedException {
    Path network = Files.writeString(folder.resolve("net.json"), Shell.TINY.toJson());
    Process process =
        start(
            System.getProperty("java.class.path"),
            "train",
            "--data=digits",
            "--network=" + network,
            "--mixed-precision",
            "--epochs=1",
            "--out=" + folder.resolve("model"));
    assertEquals(0, process.waitFor());
    String messages = Files.readString(folder.resolve("messages.txt"));
    List<String> advice =
        messages.lines().filter(line -> line.contains("Mixed precision")).toList();
    assumeFalse(advice.isEmpty(), "this processor needs no advice");
    assertTrue(
        advice
            .get(0)
            .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d WARNING: Mixed precision .*"),
        messages);
    assertFalse(messages.contains("PrecisionAdvice"), messages);
  }

  /**
   * Uses SIGTERM, which ends a JVM as Ctrl-C's SIGINT does but is not ignored in background jobs.
   */
  @Test
  @DisabledOnOs(
      value = OS.WINDOWS,
      disabledReason = "destroy() ends a process there without its shutdown hooks")
  void interruptedTrainingSavesACheckpointAndSaysHowToResume()
      throws IOException, InterruptedException {
    Path checkpoints = folder.resolve("checkpoints");
    Path network = Files.writeString(folder.resolve("net.json"), Shell.TINY.toJson());
    String[] train = {
      "train",
      "--data=digits",
      "--network=" + network,
      "--epochs=100000",
      "--checkpoints=" + checkpoints,
      "--out=" + folder.resolve("model")
    };
    Process process = start(System.getProperty("java.class.path"), train);
    while (process.isAlive() && !Files.exists(checkpoints.resolve("epoch-0002"))) {
      Thread.sleep(20);
    }
    process.destroy();
    // 128 plus the signal's number, 15.
    assertEquals(143, process.waitFor());
    String message = Files.readString(folder.resolve("messages.txt"));
    assertTrue(
        message.endsWith(
            "Stopped: run the same command again to resume from the last checkpoint in %s\n"
                .formatted(checkpoints)),
        message);
    assertFalse(Files.exists(folder.resolve("model")));
    Shell shell = new Shell();
    train[3] = "--epochs=1";
    assertEquals(0, shell.execute(train), shell.messages());
    assertTrue(shell.messages().contains("Resuming from " + checkpoints), shell.messages());
  }

  /**
   * Pictures are decoded by several threads, ahead of the steps; a kill loses what they have done.
   */
  @Test
  void aKilledTrainingFromDiskEndsWithTheModelOfAnUninterruptedOneFromMemory()
      throws IOException, InterruptedException {
    NoisyPictures.write(folder.resolve("pictures/a"), 30, 28, 28, false);
    NoisyPictures.write(folder.resolve("pictures/b"), 40, 28, 28, false);
    Path network =
        Files.writeString(
            folder.resolve("net.json"),
            Network.of(Shape.of(28, 28, 1), maxPool(4), flatten(), dropout(0.2), dense(2))
                .toJson());
    Path checkpoints = folder.resolve("checkpoints");
    Path model = folder.resolve("model");
    String[] train = {
      "train",
      "--data=" + folder.resolve("pictures"),
      "--network=" + network,
      "--batch-size=4",
      "--on-disk",
      "--checkpoints=" + checkpoints,
      "--checkpoint-steps=1",
      "--out=" + model,
      "--epochs=100000"
    };
    Process process = start(System.getProperty("java.class.path"), train);
    // Not for a certain checkpoint: only the last few are kept, and each only for some
    // milliseconds.
    while (process.isAlive() && epochs(checkpoints) < 1) {
      Thread.sleep(20);
    }
    process.destroyForcibly().waitFor();
    train[train.length - 1] = "--epochs=" + (epochs(checkpoints) + 1);
    Shell resumed = new Shell();
    assertEquals(0, resumed.execute(train), resumed.messages());
    assertTrue(resumed.messages().contains("Resuming from " + checkpoints), resumed.messages());
    Path straight = folder.resolve("straight");
    Shell.done(
        train[0],
        train[1],
        train[2],
        train[3],
        "--in-memory",
        "--out=" + straight,
        train[train.length - 1]);
    assertArrayEquals(variables(straight), variables(model));
  }

  /** Returns the number of the last epoch of which there is a checkpoint; 0 if there is none. */
  private static int epochs(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("epoch-"))
          .mapToInt(name -> Integer.parseInt(name.replaceAll("\\D*(\\d+).*", "$1")))
          .max()
          .orElse(0);
    }
  }

  private static byte[] variables(Path model) throws IOException {
    try (Stream<Path> files = Files.list(model)) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().endsWith(".bin"))
              .findFirst()
              .orElseThrow();
      return Files.readAllBytes(file);
    }
  }

  private Process start(String classPath, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 24) {
      // From 24 on, the JVM warns about native code that is not enabled explicitly.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("messages.txt").toFile());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    return builder.start();
  }
}
