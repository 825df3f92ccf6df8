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

  /** A third of what one unclosed tensor for each repetition would take, in MiB. */
  private static long bound(int times, int floats) {
    return (long) times * floats * Float.BYTES / MIB / 3;
  }

  /** The long form is the command {@code memory} of the benchmarks. */
  @Test
  void nothingLeaksNativeMemoryOrFiles() throws Exception {
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
    String number = "(-?\\d+)";
    Matcher grown =
        Pattern.compile("grown( %1$s){4} files %1$s %1$s".formatted(number)).matcher(out.strip());
    assertTrue(grown.matches(), out);
    long[] numbers =
        Pattern.compile(number)
            .matcher(out)
            .results()
            .mapToLong(found -> Long.parseLong(found.group()))
            .toArray();
    long[] bounds = {
      // With two slots of Adam for each weight.
      bound(MemoryRun.MODELS, 3 * MemoryRun.WEIGHTS), // a third of 117
      bound(MemoryRun.PREDICTIONS, MemoryRun.SIDE * MemoryRun.SIDE), // of 78
      bound(MemoryRun.STEPS, MemoryRun.BATCH * MemoryRun.SIDE * MemoryRun.SIDE), // of 62
      bound(MemoryRun.INSPECTIONS, MemoryRun.WEIGHTS) // of 58
    };
    for (int part = 0; part < bounds.length; part++) {
      assertTrue(numbers[part] < bounds[part], out);
    }
    // The JVM may open a few, but not one for each repetition.
    assertTrue(numbers[bounds.length + 1] < numbers[bounds.length] + 10, out);
  }
}
