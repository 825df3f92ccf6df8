package io.github.convnet4j.bench.overhead;

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
import io.github.convnet4j.bench.stats.PairedRatio;
import io.github.convnet4j.bench.stats.Quartiles;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.examples.LectureNets;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Compares {@code fit} with a handwritten loop on the same graph. Both run in one process, on one
 * thread, a step of one after a step of the other. So their times differ by what {@code fit} does,
 * and not by what else the machine does meanwhile, which {@code steps} cannot tell apart.
 */
@Command(
    name = "overhead",
    description = "what fit adds to a handwritten loop: a step of each in turns, in one process")
public final class OverheadCommand implements Runnable {
  private static final double NANOSECONDS = 1e-9;

  /** Practically unlimited: the number of steps ends the training. */
  private static final int EPOCHS = 1_000_000;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "steps of each before those that count (default: ${DEFAULT-VALUE})")
  private int warmUp = 50;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "how many ratios to compute (default: ${DEFAULT-VALUE})")
  private int rounds = 20;

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "steps of each per round (default: ${DEFAULT-VALUE})")
  private int block = 100;

  @Mixin private NetOption net = new NetOption();
  @Mixin private BenchData data = new BenchData();
  @Mixin private Results results = new Results();

  /**
   * The result.
   *
   * @param fit seconds a step
   * @param loop seconds a step
   * @param ratio of the medians of the rounds
   */
  record Overhead(
      int warmUp, int block, int rounds, Quartiles fit, Quartiles loop, Quartiles ratio) {}

  @Override
  public void run() {
    if (warmUp < 1 || rounds < 1 || block < 1) {
      throw new UsageException(
          "--warm-up, --rounds and --block must be at least 1: %d, %d and %d"
              .formatted(warmUp, rounds, block));
    }
    DataSet train = data.read().train();
    Network network = Nets.builder(net.net(), train);
    try (Graph graph = new Graph()) {
      RawGraph raw = BuilderGraph.of(graph, network, train);
      try (Session session = new Session(graph);
          Model<Prediction> model =
              Model.of(
                  network,
                  Tasks.classification(),
                  adam(LectureNets.learningRate()),
                  ModelOptions.seed(LectureNets.seed()))) {
        session.initialize();
        InTurns turns = new InTurns(session, raw, train);
        model.fit(
            train,
            epochs(EPOCHS)
                .batchSize(Work.BATCH_SIZE)
                .stopAfterSteps(warmUp + (long) rounds * block),
            turns);
        Overhead overhead = overhead(turns);
        results.show("overhead-" + net.net(), table(overhead), overhead);
      }
    }
  }

  private Overhead overhead(InTurns turns) {
    List<Double> fit = turns.fit.subList(warmUp, turns.fit.size());
    List<Double> loop = turns.loop.subList(warmUp, turns.loop.size());
    return new Overhead(
        warmUp,
        block,
        rounds,
        Quartiles.of(fit),
        Quartiles.of(loop),
        PairedRatio.of("fit", medians(fit), "loop", medians(loop)).ratio());
  }

  private List<Double> medians(List<Double> seconds) {
    List<Double> medians = new ArrayList<>();
    for (int from = 0; from < seconds.size(); from += block) {
      medians.add(Quartiles.of(seconds.subList(from, from + block)).median());
    }
    return medians;
  }

  private String table(Overhead overhead) {
    TextTable table = new TextTable("", "ms a step", "to loop");
    table.add("loop", Format.milliseconds(overhead.loop()), "");
    table.add("fit", Format.milliseconds(overhead.fit()), Format.ratio(overhead.ratio()));
    return "%s, %d steps of warm-up, %d rounds of %d steps of each; median [quartiles]%n%s"
        .formatted(net.net(), warmUp, rounds, block, table);
  }

  /** After each step of {@code fit}, does a step of the loop. */
  private static final class InTurns implements TrainingListener {
    final List<Double> fit = new ArrayList<>();
    final List<Double> loop = new ArrayList<>();
    private final Session session;
    private final RawGraph raw;
    private final DataSet train;
    private final Random random = new Random(LectureNets.seed());
    private long started;

    InTurns(Session session, RawGraph raw, DataSet train) {
      this.session = session;
      this.raw = raw;
      this.train = train;
    }

    @Override
    public void trainBegin(Training training) {
      started = System.nanoTime();
    }

    @Override
    public void batchEnd(Training training, BatchResult result) {
      long between = System.nanoTime();
      fit.add((between - started) * NANOSECONDS);
      raw.train(session, train.batch(drawn()), loop.size());
      started = System.nanoTime();
      loop.add((started - between) * NANOSECONDS);
    }

    /** Draws the indices of a batch. */
    private int[] drawn() {
      return random.ints(Work.BATCH_SIZE, 0, train.size()).toArray();
    }
  }
}
