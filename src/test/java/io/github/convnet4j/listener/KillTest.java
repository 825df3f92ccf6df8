package io.github.convnet4j.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training in a process that is killed, as by {@code kill -9}, at moments that chance chooses, and
 * begun again each time, ends with the weights and the history of one that never was. Its log goes
 * to {@code target/kills.txt}.
 */
class KillTest {
  /** The most steps that a process is left to do before it is killed, and then some time. */
  private static final int MOST_STEPS = 15;

  /** A step takes some 10 ms, most of it the save after it. */
  private static final int LONGEST_MILLIS = 30;

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  @Test
  void killedThreeTimes() throws Exception {
    killed(3, 30);
  }

  @Test
  @Tag("long")
  void killedTwentyTimes() throws Exception {
    killed(20, 120);
  }

  private void killed(int times, int epochs) throws Exception {
    Path end = folder.resolve("end.txt");
    long seed = System.nanoTime();
    log.add("moments by seed " + seed);
    Random random = new Random(seed);
    for (int i = 1; i <= times; i++) {
      int steps = random.nextInt(MOST_STEPS + 1);
      int millis = random.nextInt(LONGEST_MILLIS + 1);
      Process process = start(end, epochs);
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        String begun = awaitLine(out, TrainingToKill.BEGUN);
        for (int step = 0; step < steps; step++) {
          awaitLine(out, TrainingToKill.STEP);
        }
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        log.add(
            "kill %d: %s, killed %d ms after %d steps, exit code %d; left %s"
                .formatted(i, begun, millis, steps, process.exitValue(), checkpoints()));
        assertTrue(!ended && !Files.exists(end), () -> "it came to its end: " + log);
      }
    }
    Process process = start(end, epochs);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      log.add("not killed: " + awaitLine(out, TrainingToKill.BEGUN));
      log.add("last line: " + out.lines().reduce("", (before, line) -> line));
      assertEquals(0, process.waitFor(), log::toString);
    }
    String text = Files.readString(end);
    assertEquals(TrainingToKill.straight(epochs), text, log::toString);
    log.add(
        "its %d characters of weights and history are those of a training that was not killed"
            .formatted(text.length()));
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "kills.txt"), log);
  }

  private Process start(Path end, int epochs) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            TrainingToKill.class.getName(),
            folder.resolve("checkpoints").toString(),
            end.toString(),
            String.valueOf(epochs))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** What it says with this beginning; what it says before of damaged checkpoints is logged. */
  private String awaitLine(BufferedReader out, String beginning) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(beginning)) {
        return line;
      }
      log.add(line.replace(folder + File.separator, ""));
    }
    throw new AssertionError("it ended early: " + log);
  }

  private List<String> checkpoints() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    if (!Files.exists(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
