package io.github.convnet4j.bench.profile;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.bench.BenchData;
import io.github.convnet4j.bench.NetOption;
import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.bench.play.BuilderGraph;
import io.github.convnet4j.bench.play.Nets;
import io.github.convnet4j.bench.play.RawGraph;
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
import java.util.function.IntFunction;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Traces training steps, or predictions of single images, and prints in which operations they spend
 * their time.
 */
@Command(
    name = "profile",
    description =
        "the operations of one of our training steps or predictions, one after another, and their"
            + " times")
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

  @Option(names = "--literal-graph", description = "build the graph without the rewrites")
  private boolean literalGraph;

  @Option(names = "--predict", description = "trace the prediction of one image instead of a step")
  private boolean predict;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "steps before those that count: the first ones prepare the graph and the kernels, and"
              + " meanwhile Java compiles its own code (default: ${DEFAULT-VALUE})")
  private int warmUp = 300;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "number of steps to trace (default: ${DEFAULT-VALUE})")
  private int steps = 200;

  @Option(
      names = "--kinds",
      paramLabel = "N",
      description = "number of kinds of operations to show (default: ${DEFAULT-VALUE})")
  private int shown = 16;

  @Mixin private NetOption net = new NetOption();
  @Mixin private BenchData data = new BenchData();
  @Mixin private Results results = new Results();

  @Override
  public void run() {
    if (warmUp < 0 || steps < 1 || shown < 1) {
      throw new UsageException(
          "--warm-up must be at least 0, --steps and --kinds at least 1: %d, %d and %d"
              .formatted(warmUp, steps, shown));
    }
    if (predict && literalGraph) {
      throw new UsageException("--predict cannot be combined with --literal-graph");
    }
    DataSet train = data.read().train();
    List<OperationTimes.Kind> kinds = predict ? ofPrediction(train) : ofTraining(train);
    String name = predict ? "-predict" : literalGraph ? "-literal" : "";
    results.show("profile-" + net.net() + name, table(kinds), kinds);
  }

  private List<OperationTimes.Kind> ofTraining(DataSet train) {
    ModelOptions options = ModelOptions.seed(LectureNets.seed());
    try (Model<Prediction> model =
        Model.of(
            Nets.builder(net.net(), train),
            Tasks.classification(),
            adam(LectureNets.learningRate()),
            literalGraph ? options.literalGraph() : options)) {
      model.fit(train, epochs(1).batchSize(Work.BATCH_SIZE).stopAfterSteps(1)); // builds its graph
      return kinds(step -> trainingStep(model, train, step));
    }
  }

  private List<OperationTimes.Kind> ofPrediction(DataSet images) {
    try (Graph graph = new Graph()) {
      RawGraph raw = BuilderGraph.of(graph, Nets.builder(net.net(), images), images);
      try (Session session = new Session(graph)) {
        session.initialize();
        return kinds(step -> prediction(session, raw, images.batch(step, step + 1)));
      }
    }
  }

  private List<OperationTimes.Kind> kinds(IntFunction<RunMetadata> traced) {
    OperationTimes times = new OperationTimes();
    for (int step = 0; step < warmUp + steps; step++) {
      RunMetadata metadata = traced.apply(step);
      if (step >= warmUp) {
        times.add(metadata);
      }
    }
    return times.kinds();
  }

  private static RunMetadata trainingStep(Model<Prediction> model, DataSet train, int step) {
    int from = Math.floorMod(step * Work.BATCH_SIZE, train.size() - Work.BATCH_SIZE + 1);
    Batch batch = train.batch(from, from + Work.BATCH_SIZE);
    Shape images = Shape.of(Work.BATCH_SIZE, train.height(), train.width(), train.channels());
    try (TFloat32 inputs = TFloat32.tensorOf(images, DataBuffers.of(batch.images()));
        TFloat32 targets =
            TFloat32.tensorOf(
                Shape.of(Work.BATCH_SIZE, train.classes()), DataBuffers.of(batch.labels()));
        TInt64 number = TInt64.scalarOf(step)) {
      return trace(
          model
              .session()
              .runner()
              .feed("inputs", inputs)
              .feed("targets", targets)
              .feed("global_step", number)
              .addTarget("optimizer/step"));
    }
  }

  private static RunMetadata prediction(Session session, RawGraph raw, Batch image) {
    try (TFloat32 input =
        TFloat32.tensorOf(raw.images().shape().tail().prepend(1), DataBuffers.of(image.images()))) {
      return trace(session.runner().feed(raw.images(), input).fetch(raw.logits()));
    }
  }

  private static RunMetadata trace(Session.Runner runner) {
    try (Result result = runner.setOptions(TRACED).runAndFetchMetadata()) {
      return result
          .getMetadata()
          .orElseThrow(() -> new IllegalStateException("TensorFlow traced nothing"));
    }
  }

  private String table(List<OperationTimes.Kind> kinds) {
    TextTable table = new TextTable(predict ? "ms an image" : "ms a step", "of them", "operation");
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
