package io.github.convnet4j.bench.memory;

import io.github.convnet4j.bench.Bench;
import io.github.convnet4j.bench.BenchData;
import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.process.JavaCommand;
import io.github.convnet4j.bench.process.ProcessUsage;
import io.github.convnet4j.bench.process.ResidentMemory;
import io.github.convnet4j.bench.report.Format;
import io.github.convnet4j.bench.report.Results;
import io.github.convnet4j.bench.report.TextTable;
import io.github.convnet4j.data.DataSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains, evaluates, predicts, reports, opens and closes many times, and measures what the process
 * uses.
 */
@Command(
    name = "memory",
    description =
        "resident memory over many steps, evaluations, predictions and reports, and models opened"
            + " and closed")
public final class MemoryCommand implements Runnable {
  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "training steps, 0 for none (default: ${DEFAULT-VALUE})")
  private int steps = 10_000;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      description = "evaluations of a batch, 0 for none (default: ${DEFAULT-VALUE})")
  private int evaluations = 10_000;

  @Option(
      names = "--models",
      paramLabel = "N",
      description =
          "models to open, train for one step and close, 0 for none (default:"
              + " ${DEFAULT-VALUE})")
  private int models = 200;

  @Option(
      names = "--predictions",
      paramLabel = "N",
      description = "predictions by 8 threads together, 0 for none (default: ${DEFAULT-VALUE})")
  private int predictions;

  @Option(
      names = "--reports",
      paramLabel = "N",
      description =
          "reports, each with its own inspection of the network, 0 for none (default:"
              + " ${DEFAULT-VALUE})")
  private int reports;

  @Option(
      names = "--net",
      paramLabel = "NET",
      description = "EX11_9, or SMALL for long runs (default: ${DEFAULT-VALUE})")
  private Net net = Net.EX11_9;

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "measurements in each series (default: ${DEFAULT-VALUE})")
  private int points = 40;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description =
          "heap size of the JVM that does the work, all of it in memory from the start, so that the"
              + " heap does not grow (default: ${DEFAULT-VALUE})")
  private String heap = "512m";

  @Option(names = "--in-child", hidden = true)
  private boolean inChild;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private BenchData data = new BenchData();
  @Mixin private Results results = new Results();

  /** A series and what each repetition adds, for the JSON file. */
  record Outcome(Series series, double residentBytes, double anonymousBytes) {
    static Outcome of(Series series) {
      return new Outcome(
          series,
          series.perRepetition(ProcessUsage::residentBytes),
          series.perRepetition(ProcessUsage::anonymousBytes));
    }
  }

  /** The networks to choose from. */
  enum Net {
    EX11_9,
    SMALL
  }

  @Override
  public void run() {
    checkOptions();
    if (inChild) {
      measure();
    } else {
      startChild();
    }
  }

  /** Runs the same command in a JVM whose heap neither grows nor shrinks. */
  private void startChild() {
    List<String> arguments =
        new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    arguments.add("--in-child");
    List<String> command =
        JavaCommand.of(
            List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch"), Bench.class, arguments);
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("exit code %d: %s".formatted(code, command));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the process that does the work cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the work", e);
    }
  }

  private void measure() {
    DataSets sets = data.read();
    Repeated repeated = net == Net.SMALL ? Repeated.small(sets) : Repeated.ex11x9(sets);
    List<Series> all = new ArrayList<>();
    add(all, "steps of training", steps, repeated::train);
    add(all, "evaluations of 100 images", evaluations, repeated::evaluate);
    add(all, "models opened, trained by one step and closed", models, repeated::open);
    add(all, "predictions by 8 threads", predictions, repeated::predict);
    add(all, "reports", reports, repeated::report);
    results.show("memory", text(all), all.stream().map(Outcome::of).toList());
  }

  private void add(List<Series> all, String work, int repetitions, Consumer<Looks> task) {
    if (repetitions > 0) {
      Looks looks = new Looks(work, repetitions, points);
      task.accept(looks);
      all.add(looks.series());
    }
  }

  private void checkOptions() {
    if (ProcessUsage.now().isEmpty()) {
      throw new UsageException(
          "resident memory is not available in /proc/self/status: run this on Linux");
    }
    if (points < 2
        || IntStream.of(steps, evaluations, models, predictions, reports).min().orElse(0) < 0) {
      throw new UsageException(
          "--points must be at least 2, the others at least 0: %s"
              .formatted(List.of(points, steps, evaluations, models, predictions, reports)));
    }
  }

  private String text(List<Series> all) {
    TextTable table =
        new TextTable(
            "repeated",
            "times",
            "MiB at first",
            "settled",
            "at last",
            "bytes each adds",
            "not of files",
            "threads",
            "open files");
    for (Series series : all) {
      ProcessUsage settled = series.settled().get(0).usage();
      ProcessUsage last = series.last().usage();
      table.add(
          series.work(),
          Integer.toString(series.last().repetitions()),
          Format.mebibytes(series.first().usage().residentBytes()),
          Format.mebibytes(settled.residentBytes()),
          Format.mebibytes(last.residentBytes()),
          slope(series.perRepetition(ProcessUsage::residentBytes)),
          slope(series.perRepetition(ProcessUsage::anonymousBytes)),
          settled.threads() + " to " + last.threads(),
          settled.openFiles() + " to " + last.openFiles());
    }
    OptionalLong peak = ResidentMemory.ofThisProcess().peak();
    return table + "\npeak of the whole process: " + Format.mebibytes(peak) + " MiB";
  }

  private static String slope(double bytes) {
    return String.format(Locale.ROOT, "%.0f", bytes);
  }
}
