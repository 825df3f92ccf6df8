package io.github.convnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Native memory, which the garbage collector does not manage, is freed. */
@EnabledOnOs(OS.LINUX)
class MemoryTest {
  private static final long MIB = 1 << 20;

  /** A third of what one unclosed tensor for each model or prediction would take. */
  private static long bound(int times, int floats) {
    return (long) times * floats * Float.BYTES / MIB / 3;
  }

  @Test
  void modelsAndPredictionsDoNotLeakNativeMemory() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryRun.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    Matcher grown = Pattern.compile("grown (-?\\d+) (-?\\d+)").matcher(out.strip());
    assertTrue(grown.matches(), out);
    // A third of 117 MiB and of 78 MiB.
    assertTrue(Long.parseLong(grown.group(1)) < bound(MemoryRun.MODELS, MemoryRun.WEIGHTS), out);
    assertTrue(
        Long.parseLong(grown.group(2))
            < bound(MemoryRun.PREDICTIONS, MemoryRun.SIDE * MemoryRun.SIDE),
        out);
  }
}
