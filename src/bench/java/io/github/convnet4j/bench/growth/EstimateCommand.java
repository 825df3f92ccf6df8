package io.github.convnet4j.bench.growth;

import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.report.Format;
import io.github.convnet4j.bench.report.Results;
import io.github.convnet4j.bench.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Estimates what training would cost, from what {@code growth} measured. */
@Command(
    name = "estimate",
    description = "time and memory of training on another machine or data set, from growth.csv")
public final class EstimateCommand implements Runnable {
  private static final double PERCENT = 100;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "the file that growth wrote (default: ${DEFAULT-VALUE})")
  private Path csv = Path.of("target", "bench", "results", "growth.csv");

  @Option(
      names = "--cores",
      split = ",",
      description = "cores of the machine (default: ${DEFAULT-VALUE})")
  private List<Integer> cores = List.of(2);

  @Option(
      names = "--images",
      split = ",",
      description = "images in the data set (default: ${DEFAULT-VALUE})")
  private List<Integer> images = List.of(60_000);

  @Option(
      names = "--side",
      split = ",",
      description = "side of an image in pixels (default: ${DEFAULT-VALUE})")
  private List<Integer> side = List.of(28);

  @Option(names = "--batch", description = "images per step (default: ${DEFAULT-VALUE})")
  private int batch = 100;

  @Option(
      names = "--width",
      description = "filters of each convolution (default: ${DEFAULT-VALUE})")
  private int width = 32;

  @Option(names = "--depth", description = "number of convolutions (default: ${DEFAULT-VALUE})")
  private int depth = 2;

  @Option(names = "--epochs", description = "number of epochs (default: ${DEFAULT-VALUE})")
  private int epochs = 15;

  @Mixin private Results results = new Results();

  /**
   * The estimated cost of a size.
   *
   * @param seconds the time of all epochs
   */
  record Estimate(Size size, double secondsPerStep, double seconds, long bytes) {}

  /** All results, for the JSON file. */
  record Outcome(CostModel model, int epochs, List<Estimate> estimates) {}

  @Override
  public void run() {
    if (epochs < 1) {
      throw new UsageException("--epochs must be at least 1: " + epochs);
    }
    List<Point> points = points();
    CostModel model = model(points);
    List<Estimate> estimates = sizes().stream().map(size -> estimate(model, size, epochs)).toList();
    results.show(
        "estimate",
        "%s%n%n%s".formatted(table(estimates), accuracy(model, points)),
        new Outcome(model, epochs, estimates));
  }

  private List<Point> points() {
    if (!Files.isReadable(csv)) {
      throw new UsageException(
          csv + " cannot be read: run growth first, or set the file with --csv");
    }
    try {
      return GrowthCsv.parse(Files.readAllLines(csv));
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s".formatted(csv, e.getMessage()));
    }
  }

  private CostModel model(List<Point> points) {
    try {
      return CostModel.of(points);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "%s does not have enough points (%s): run growth with all axes"
              .formatted(csv, e.getMessage()));
    }
  }

  private List<Size> sizes() {
    try {
      return cores.stream()
          .flatMap(
              core ->
                  side.stream()
                      .flatMap(
                          pixels ->
                              images.stream()
                                  .map(
                                      count -> new Size(batch, pixels, width, depth, count, core))))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  static Estimate estimate(CostModel model, Size size, int epochs) {
    double step = model.secondsPerStep(size);
    long steps = (long) epochs * ((size.images() - 1) / size.batch() + 1);
    return new Estimate(size, step, steps * step, Math.round(model.bytes(size)));
  }

  private String table(List<Estimate> estimates) {
    TextTable table =
        new TextTable(
            "cores", "side", "images", "ms a step", "an epoch", epochs + " epochs", "MiB");
    for (Estimate estimate : estimates) {
      Size size = estimate.size();
      table.add(
          Integer.toString(size.threads()),
          Integer.toString(size.side()),
          Integer.toString(size.images()),
          Format.milliseconds(estimate.secondsPerStep()),
          time(estimate.seconds() / epochs),
          time(estimate.seconds()),
          holds(size) ? Format.mebibytes(estimate.bytes()) : "more pixels than an array holds");
    }
    return "batch %d, width %d, depth %d%n%s".formatted(batch, width, depth, table);
  }

  /** Returns whether the pixels fit in one array, as a data set's do. */
  static boolean holds(Size size) {
    return (double) size.images() * size.side() * size.side() <= LARGEST_ARRAY;
  }

  private static String time(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  private static String accuracy(CostModel model, List<Point> points) {
    return String.format(
        Locale.ROOT,
        "Of the %d measured points, the farthest from these formulas are off by %+.0f %% in time"
            + " (%s) and %+.0f %% in memory (%s).%nMemory: %.0f MiB + %.2f times the activations'"
            + " bytes + %.2f times the data set's.",
        points.size(),
        model.time().worst() * PERCENT,
        points.get(model.time().worstAt()).size(),
        model.memory().worst() * PERCENT,
        points.get(model.memory().worstAt()).size(),
        Cost.MEMORY.inUnit(model.memory().coefficients().get(0)),
        model.memory().coefficients().get(1),
        model.memory().coefficients().get(2));
  }
}
