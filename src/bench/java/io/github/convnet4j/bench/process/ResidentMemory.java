package io.github.convnet4j.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The resident memory of a process, as Linux reports it in {@code /proc}; not available on other
 * systems.
 */
public final class ResidentMemory {
  private static final long KIBIBYTE = 1024;

  /** Resets the peak when written to {@code clear_refs}. See {@code man 5 proc}. */
  private static final String RESET_PEAK = "5";

  private final Path folder;

  private ResidentMemory(Path folder) {
    this.folder = folder;
  }

  /** Returns the memory of a process by its ID. */
  public static ResidentMemory of(long pid) {
    return new ResidentMemory(Path.of("/proc", Long.toString(pid)));
  }

  /** Returns the memory of this process. */
  public static ResidentMemory ofThisProcess() {
    return of(ProcessHandle.current().pid());
  }

  /** Returns the bytes in memory now; empty if not available. */
  public OptionalLong now() {
    return line("VmRSS:");
  }

  /** Returns the peak in bytes since the start or the last {@link #resetPeak}. */
  public OptionalLong peak() {
    return line("VmHWM:");
  }

  /** Resets {@link #peak}; returns false if the system does not support that. */
  public boolean resetPeak() {
    Path file = folder.resolve("clear_refs");
    if (!Files.isWritable(file)) {
      return false;
    }
    try {
      Files.writeString(file, RESET_PEAK);
      return true;
    } catch (IOException e) {
      return false; // In some containers the file looks writable, but is not.
    }
  }

  private OptionalLong line(String start) {
    Path file = folder.resolve("status");
    if (!Files.isReadable(file)) {
      return OptionalLong.empty();
    }
    try {
      return parse(Files.readAllLines(file), start);
    } catch (IOException e) {
      return OptionalLong.empty(); // The process has ended.
    }
  }

  /** Returns the bytes in a line of {@code /proc/PID/status}: {@code VmRSS: 1234 kB}. */
  static OptionalLong parse(List<String> status, String start) {
    return status.stream()
        .filter(line -> line.startsWith(start))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
        .findFirst();
  }
}
