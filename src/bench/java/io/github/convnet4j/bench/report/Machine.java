package io.github.convnet4j.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and when something was measured.
 *
 * @param processor the processor's name if available, otherwise its architecture
 * @param cores the number of cores that this process may use
 */
public record Machine(String processor, int cores, String system, String java, String measuredAt) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Returns this machine, now. */
  public static Machine here() {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String processorName() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(CPU_INFO)) {
      return architecture;
    }
    try {
      return Files.readAllLines(CPU_INFO).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      throw new UncheckedIOException(CPU_INFO + " cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return "%s, %d cores, %s, %s, %s".formatted(processor, cores, system, java, measuredAt);
  }
}
