package io.github.convnet4j.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much of a process lies in the machine's memory, as Linux tells it in {@code /proc}; other
 * systems say nothing here.
 */
public final class ResidentMemory {
  private static final long KIBIBYTE = 1024;

  /** Written into {@code clear_refs}, it lets the peak begin anew. See {@code man 5 proc}. */
  private static final String RESET_PEAK = "5";

  private final Path folder;

  private ResidentMemory(Path folder) {
    this.folder = folder;
  }

  /** Of a process by its number. */
  public static ResidentMemory of(long pid) {
    return new ResidentMemory(Path.of("/proc", Long.toString(pid)));
  }

  /** Of this process. */
  public static ResidentMemory ofThisProcess() {
    return of(ProcessHandle.current().pid());
  }

  /** Bytes in memory now; empty where the system does not say. */
  public OptionalLong now() {
    return line("VmRSS:");
  }

  /** The most bytes that were in memory, since the start or the last {@link #resetPeak}. */
  public OptionalLong peak() {
    return line("VmHWM:");
  }

  /** Lets {@link #peak} begin anew; returns false where the system does not do that. */
  public boolean resetPeak() {
    Path file = folder.resolve("clear_refs");
    if (!Files.isWritable(file)) {
      return false;
    }
    try {
      Files.writeString(file, RESET_PEAK);
      return true;
    } catch (IOException e) {
      return false; // As some containers have it: writable to look at, and then not.
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
      return OptionalLong.empty(); // The process has ended meanwhile.
    }
  }

  /** Bytes that a line of {@code /proc/PID/status} tells: {@code VmRSS: 1234 kB}. */
  static OptionalLong parse(List<String> status, String start) {
    return status.stream()
        .filter(line -> line.startsWith(start))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
        .findFirst();
  }
}
