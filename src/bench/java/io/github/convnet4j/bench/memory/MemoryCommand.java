package io.github.convnet4j.bench.memory;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.bench.Bench;
import io.github.convnet4j.bench.BenchData;
import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.bench.play.Nets;
import io.github.convnet4j.bench.process.JavaCommand;
import io.github.convnet4j.bench.process.ResidentMemory;
import io.github.convnet4j.bench.report.Format;
import io.github.convnet4j.bench.report.Results;
import io.github.convnet4j.bench.report.TextTable;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains, evaluates, opens and closes many times, and measures the process's resident memory. */
@Command(
    name = "memory",
    description = "resident memory over many steps, evaluations, and models opened and closed")
public final class MemoryCommand implements Runnable {
  private static final int SEED = 777;
  private static final int EPOCHS = 1_000_000;

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
      names = "--points",
      paramLabel = "N",
      description = "measurements in each series (default: ${DEFAULT-VALUE})")
  private int looks = 40;

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

  /** A series and its growth, for the JSON file. */
  record Outcome(Series series, double bytesPerRepetition) {}

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
    List<Series> all = new ArrayList<>();
    if (steps > 0) {
      all.add(trained(sets.train()));
    }
    if (evaluations > 0) {
      all.add(evaluated(sets.train()));
    }
    if (models > 0) {
      all.add(opened(sets.train()));
    }
    results.show(
        "memory",
        text(all),
        all.stream().map(series -> new Outcome(series, series.bytesPerRepetition())).toList());
  }

  private void checkOptions() {
    if (ResidentMemory.ofThisProcess().now().isEmpty()) {
      throw new UsageException(
          "resident memory is not available in /proc/self/status: run this on Linux");
    }
    if (looks < 2 || steps < 0 || evaluations < 0 || models < 0) {
      throw new UsageException(
          "--points must be at least 2, the others at least 0: %d, %d, %d, %d"
              .formatted(looks, steps, evaluations, models));
    }
  }

  private Series trained(DataSet train) {
    Looks series = new Looks("steps of training Ex11_9", steps);
    try (Model<Prediction> model = model(train)) {
      fit(model, train, steps, series::done);
    }
    return series.series();
  }

  private Series evaluated(DataSet train) {
    Looks series = new Looks("evaluations of 100 images by Ex11_9", evaluations);
    DataSet batch = train.subset(0, Math.min(Work.BATCH_SIZE, train.size()));
    try (Model<Prediction> model = model(train)) {
      for (int i = 1; i <= evaluations; i++) {
        model.evaluate(batch);
        series.done(i);
      }
    }
    return series.series();
  }

  private Series opened(DataSet train) {
    Looks series = new Looks("models opened, trained by one step and closed", models);
    for (int i = 1; i <= models; i++) {
      try (Model<Prediction> model = model(train)) {
        fit(model, train, 1, step -> {});
      }
      series.done(i);
    }
    return series.series();
  }

  private static Model<Prediction> model(DataSet images) {
    Network network = Nets.builder("ex11_9", images);
    return Model.of(network, Tasks.classification(), adam(0.001), ModelOptions.seed(SEED));
  }

  private static void fit(
      Model<Prediction> model, DataSet train, int steps, IntConsumer afterStep) {
    model.fit(
        train,
        epochs(EPOCHS).batchSize(Work.BATCH_SIZE),
        new TrainingListener() {
          private int done;

          @Override
          public void batchEnd(Training training, BatchResult result) {
            afterStep.accept(++done);
            if (done == steps) {
              training.stop();
            }
          }
        });
  }

  private String text(List<Series> all) {
    TextTable table =
        new TextTable("repeated", "times", "MiB at first", "settled", "at last", "bytes each adds");
    for (Series series : all) {
      List<Series.Point> points = series.points();
      Series.Point last = points.get(points.size() - 1);
      table.add(
          series.work(),
          Integer.toString(last.repetitions()),
          Format.mebibytes(points.get(0).residentBytes()),
          Format.mebibytes(series.settled().get(0).residentBytes()),
          Format.mebibytes(last.residentBytes()),
          String.format(Locale.ROOT, "%.0f", series.bytesPerRepetition()));
    }
    OptionalLong peak = ResidentMemory.ofThisProcess().peak();
    return table + "\npeak of the whole process: " + Format.mebibytes(peak) + " MiB";
  }

  /** Measures the memory from time to time, and prints it. */
  private final class Looks {
    private final String work;
    private final int repetitions;
    private final List<Series.Point> points = new ArrayList<>();

    Looks(String work, int repetitions) {
      this.work = work;
      this.repetitions = repetitions;
    }

    void done(int count) {
      // The first, the last, and as evenly as possible between them.
      long due = 1 + (long) (repetitions - 1) * points.size() / (looks - 1);
      if (count >= due) {
        long resident = ResidentMemory.ofThisProcess().now().orElseThrow();
        points.add(new Series.Point(count, resident));
        System.out.printf("%s: %d, %s MiB%n", work, count, Format.mebibytes(resident));
      }
    }

    Series series() {
      return new Series(work, points);
    }
  }
}
