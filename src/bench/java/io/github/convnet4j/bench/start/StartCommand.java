package io.github.convnet4j.bench.start;

import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.process.JavaCommand;
import io.github.convnet4j.bench.report.Format;
import io.github.convnet4j.bench.report.Results;
import io.github.convnet4j.bench.report.TextTable;
import io.github.convnet4j.bench.stats.PairedRatio;
import io.github.convnet4j.bench.stats.Quartiles;
import io.github.convnet4j.examples.Ex11_2;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts programs in turns, and measures the time to their first line and to their end. */
@Command(name = "start", description = "time until the first line and the end of Ex11_2, in turns")
public final class StartCommand implements Runnable {
  private static final double NANOSECONDS = 1e-9;
  private static final String REFERENCE = "TensorFlow";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "starts of each program, after one that does not count (default: ${DEFAULT-VALUE})")
  private int rounds = 15;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description = "a Python interpreter with TensorFlow, to compare with")
  private Path python;

  @Mixin private Results results = new Results();

  /** One start: the time to the first line and to the end, in seconds. */
  private record Run(double firstLine, double end) {}

  /**
   * A program's result.
   *
   * @param firstLine the time from the start to the first line of its output, in seconds
   * @param end the time from the start to its end, in seconds
   * @param firstLineToBare the former divided by that of the program that only loads TensorFlow
   * @param endToBare the same for the time to the end
   */
  record Outcome(
      String name,
      Quartiles firstLine,
      Quartiles end,
      Quartiles firstLineToBare,
      Quartiles endToBare) {}

  @Override
  public void run() {
    if (rounds < 1) {
      throw new UsageException("--rounds must be at least 1: " + rounds);
    }
    Map<String, List<String>> programs = programs();
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    programs.forEach((name, command) -> start(name, command)); // Fills the disk cache.
    for (int round = 1; round <= rounds; round++) {
      System.err.printf("round %d of %d%n", round, rounds);
      programs.forEach(
          (name, command) ->
              runs.computeIfAbsent(name, key -> new ArrayList<>()).add(start(name, command)));
    }
    List<Outcome> outcomes = new ArrayList<>();
    runs.forEach((name, its) -> outcomes.add(outcome(name, its, runs.get(REFERENCE))));
    results.show("start", table(outcomes), outcomes);
  }

  private Map<String, List<String>> programs() {
    Map<String, List<String>> programs = new LinkedHashMap<>();
    programs.put("Java", JavaCommand.of(BareJava.class));
    programs.put(REFERENCE, JavaCommand.of(BareTensorFlow.class));
    programs.put("Ex11_2", JavaCommand.of(Ex11_2.class, "--plots", "none"));
    Optional.ofNullable(python)
        .ifPresent(
            file ->
                programs.put(
                    "Python TensorFlow",
                    List.of(
                        file.toString(), "-c", "import tensorflow as tf; print(tf.__version__)")));
    return programs;
  }

  private static Run start(String name, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    long start = System.nanoTime();
    try {
      Process process = builder.start();
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        String line = out.readLine();
        double firstLine = (System.nanoTime() - start) * NANOSECONDS;
        while (line != null) {
          line = out.readLine();
        }
        int code = process.waitFor();
        if (code != 0) {
          throw new IllegalStateException(
              "%s ended with exit code %d: %s".formatted(name, code, command));
        }
        return new Run(firstLine, (System.nanoTime() - start) * NANOSECONDS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " ran", e);
    }
  }

  private static Outcome outcome(String name, List<Run> runs, List<Run> bare) {
    return new Outcome(
        name,
        Quartiles.of(firstLines(runs)),
        Quartiles.of(ends(runs)),
        PairedRatio.of(name, firstLines(runs), REFERENCE, firstLines(bare)).ratio(),
        PairedRatio.of(name, ends(runs), REFERENCE, ends(bare)).ratio());
  }

  private static List<Double> firstLines(List<Run> runs) {
    return runs.stream().map(Run::firstLine).toList();
  }

  private static List<Double> ends(List<Run> runs) {
    return runs.stream().map(Run::end).toList();
  }

  private static String table(List<Outcome> outcomes) {
    TextTable table =
        new TextTable(
            "program",
            "ms to first line",
            "to bare " + REFERENCE,
            "ms to end",
            "to bare " + REFERENCE);
    for (Outcome outcome : outcomes) {
      table.add(
          outcome.name(),
          Format.milliseconds(outcome.firstLine()),
          Format.ratio(outcome.firstLineToBare()),
          Format.milliseconds(outcome.end()),
          Format.ratio(outcome.endToBare()));
    }
    return table.toString();
  }
}
