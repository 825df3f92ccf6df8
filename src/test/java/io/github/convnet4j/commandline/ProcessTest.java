package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
