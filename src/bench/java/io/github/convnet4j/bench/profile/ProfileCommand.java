package io.github.convnet4j.bench.profile;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.bench.BenchData;
import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.bench.play.Nets;
import io.github.convnet4j.bench.report.Format;
import io.github.convnet4j.bench.report.Results;
import io.github.convnet4j.bench.report.TextTable;
import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.examples.LectureNets;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Traces training steps, and prints in which operations they spend their time. */
@Command(
    name = "profile",
    description = "the operations of one of our training steps, one after another, and their times")
public final class ProfileCommand implements Runnable {
  /**
   * Runs operations one after another, on the calling thread; each uses all cores for its
   * arithmetic. In parallel, as in training, their times would overlap.
   */
  private static final RunOptions TRACED =
      RunOptions.newBuilder()
          .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
          .setInterOpThreadPool(-1)
          .build();

  /** The first runs prepare the graph and the kernels. */
  private static final int NOT_COUNTED = 20;

  /** The networks of the contests. */
  private enum Net {
    ex11_8,
    ex11_9,
    ex11_10
  }

  @Option(
      names = "--net",
      paramLabel = "ex11_8|ex11_9|ex11_10",
      description = "the network (default: ${DEFAULT-VALUE})")
  private Net net = Net.ex11_9;

  @Option(names = "--literal-graph", description = "build the graph without the rewrites")
  private boolean literalGraph;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "number of steps to trace (default: ${DEFAULT-VALUE})")
  private int steps = 40;

  @Option(
      names = "--kinds",
      paramLabel = "N",
      description = "number of kinds of operations to show (default: ${DEFAULT-VALUE})")
  private int shown = 16;

  @Mixin private BenchData data = new BenchData();
  @Mixin private Results results = new Results();

  @Override
  public void run() {
    if (steps < 1 || shown < 1) {
      throw new UsageException(
          "--steps and --kinds must be at least 1: %d and %d".formatted(steps, shown));
    }
    DataSet train = data.read().train();
    ModelOptions options = ModelOptions.seed(LectureNets.seed());
    OperationTimes times = new OperationTimes();
    try (Model<Prediction> model =
        Model.of(
            Nets.builder(net.name(), train),
            Tasks.classification(),
            adam(LectureNets.learningRate()),
            literalGraph ? options.literalGraph() : options)) {
      model.fit(train, epochs(1).batchSize(Work.BATCH_SIZE).stopAfterSteps(1)); // builds its graph
      for (int step = 0; step < NOT_COUNTED + steps; step++) {
        RunMetadata metadata = trace(model, train, step);
        if (step >= NOT_COUNTED) {
          times.add(metadata);
        }
      }
    }
    List<OperationTimes.Kind> kinds = times.kinds();
    results.show("profile-" + net + (literalGraph ? "-literal" : ""), table(kinds), kinds);
  }

  private static RunMetadata trace(Model<Prediction> model, DataSet train, int step) {
    int from = Math.floorMod(step * Work.BATCH_SIZE, train.size() - Work.BATCH_SIZE + 1);
    Batch batch = train.batch(from, from + Work.BATCH_SIZE);
    Shape images = Shape.of(Work.BATCH_SIZE, train.height(), train.width(), train.channels());
    try (TFloat32 inputs = TFloat32.tensorOf(images, DataBuffers.of(batch.images()));
        TFloat32 targets =
            TFloat32.tensorOf(
                Shape.of(Work.BATCH_SIZE, train.classes()), DataBuffers.of(batch.labels()));
        TInt64 number = TInt64.scalarOf(step);
        Result result =
            model
                .session()
                .runner()
                .setOptions(TRACED)
                .feed("inputs", inputs)
                .feed("targets", targets)
                .feed("global_step", number)
                .addTarget("optimizer/step")
                .runAndFetchMetadata()) {
      return result
          .getMetadata()
          .orElseThrow(() -> new IllegalStateException("TensorFlow traced nothing"));
    }
  }

  private String table(List<OperationTimes.Kind> kinds) {
    TextTable table = new TextTable("ms a step", "of them", "operation");
    kinds.stream()
        .limit(shown)
        .forEach(
            kind ->
                table.add(
                    Format.milliseconds(kind.seconds()),
                    Integer.toString(kind.count()),
                    kind.kind()));
    double all = kinds.stream().mapToDouble(OperationTimes.Kind::seconds).sum();
    int count = kinds.stream().mapToInt(OperationTimes.Kind::count).sum();
    table.add(Format.milliseconds(all), Integer.toString(count), "all");
    return table.toString();
  }
}
