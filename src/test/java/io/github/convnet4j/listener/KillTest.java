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
 * A run in a process that is killed at random moments, like with {@code kill -9}, and restarted
 * each time ends with the weights and the history of an uninterrupted run. The log is in {@code
 * target/kills.txt}.
 */
class KillTest {
  /** The largest number of steps that a process runs before a random delay and the kill. */
  private static final int MAX_STEPS = 15;

  /** The longest delay. A step takes about 10 ms, mostly for saving. */
  private static final int MAX_MILLIS = 30;

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  @Test
  void survivesThreeKills() throws Exception {
    kill(3, 30);
  }

  @Test
  @Tag("long")
  void survivesTwentyKills() throws Exception {
    kill(20, 120);
  }

  private void kill(int times, int epochs) throws Exception {
    Path end = folder.resolve("end.txt");
    long seed = System.nanoTime();
    log.add("random moments, seed " + seed);
    Random random = new Random(seed);
    for (int i = 1; i <= times; i++) {
      int steps = random.nextInt(MAX_STEPS + 1);
      int millis = random.nextInt(MAX_MILLIS + 1);
      Process process = start(end, epochs);
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        String started = awaitLine(out, TrainingToKill.STARTED);
        for (int step = 0; step < steps; step++) {
          awaitLine(out, TrainingToKill.STEP);
        }
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        log.add(
            "kill %d: %s, killed %d ms after %d steps, exit code %d; left %s"
                .formatted(i, started, millis, steps, process.exitValue(), checkpoints()));
        assertTrue(!ended && !Files.exists(end), () -> "it finished: " + log);
      }
    }
    Process process = start(end, epochs);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      log.add("not killed: " + awaitLine(out, TrainingToKill.STARTED));
      log.add("last line: " + out.lines().reduce("", (before, line) -> line));
      assertEquals(0, process.waitFor(), log::toString);
    }
    String text = Files.readString(end);
    assertEquals(TrainingToKill.straight(epochs), text, log::toString);
    log.add(
        "its %d characters of weights and history equal those of an uninterrupted run"
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

  /**
   * Returns the next line that starts like this. Logs the lines before it, about damaged
   * checkpoints.
   */
  private String awaitLine(BufferedReader out, String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
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
