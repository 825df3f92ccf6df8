package io.github.convnet4j.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this process uses at one moment, as Linux reports it in {@code /proc/self}.
 *
 * @param residentBytes the bytes in memory
 * @param anonymousBytes those of them that are not parts of files
 * @param threads the number of threads, including the JVM's and TensorFlow's
 * @param openFiles the number of open files and connections
 */
public record ProcessUsage(long residentBytes, long anonymousBytes, long threads, long openFiles) {
  private static final Path PROCESS = Path.of("/proc/self");
  private static final Path STATUS = PROCESS.resolve("status");

  /** Returns what this process uses now; empty on systems without {@code /proc}. */
  public static Optional<ProcessUsage> now() {
    if (!Files.isReadable(STATUS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(Files.readAllLines(STATUS), countOpenFiles()));
    } catch (IOException e) {
      throw new UncheckedIOException("what this process uses cannot be read", e);
    }
  }

  private static long countOpenFiles() throws IOException {
    try (Stream<Path> files = Files.list(PROCESS.resolve("fd"))) {
      return files.count() - 1; // Without the folder itself.
    }
  }

  static ProcessUsage parse(List<String> status, long openFiles) {
    return new ProcessUsage(
        ResidentMemory.parse(status, "VmRSS:").orElseThrow(),
        ResidentMemory.parse(status, "RssAnon:").orElseThrow(),
        threads(status),
        openFiles);
  }

  private static long threads(List<String> status) {
    String start = "Threads:";
    return status.stream()
        .filter(line -> line.startsWith(start))
        .mapToLong(line -> Long.parseLong(line.substring(start.length()).strip()))
        .findFirst()
        .orElseThrow();
  }
}
