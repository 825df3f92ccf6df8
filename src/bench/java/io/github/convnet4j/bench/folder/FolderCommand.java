package io.github.convnet4j.bench.folder;

import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.randomResizedCrop;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.bench.report.Format;
import io.github.convnet4j.bench.report.Results;
import io.github.convnet4j.bench.report.TextTable;
import io.github.convnet4j.bench.stats.PairedRatio;
import io.github.convnet4j.bench.stats.Quartiles;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.Storage;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Compares steps on pictures that are decoded and augmented as they are needed with steps on the
 * same pictures in memory. One model takes all of these steps, in turns.
 */
@Command(
    name = "folder",
    description = "time of a training step on pictures in memory, and in files, in turns")
public final class FolderCommand implements Runnable {
  private static final int SEED = 777;
  private static final int EPOCHS = 1_000_000;

  /** The steps of a turn that do not count: nobody has prepared the batches of the first ones. */
  private static final int LEFT_OUT = 3;

  private static final String MEMORY = "memory";

  @Mixin private PictureFolder pictures = new PictureFolder();

  @Option(
      names = "--filters",
      paramLabel = "N",
      description =
          "filters of the network's first layer, which decide how long a step takes (default:"
              + " ${DEFAULT-VALUE})")
  private int filters = 32;

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "steps per turn (default: ${DEFAULT-VALUE})")
  private int block = 10;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "rounds, after one that does not count (default: ${DEFAULT-VALUE})")
  private int rounds = 7;

  @Mixin private Results results = new Results();

  /** Examples to train on. */
  private record Way(String name, DataSet examples, Augmentation augmentation) {}

  /**
   * The steps on one kind of examples.
   *
   * @param seconds elapsed time of a step
   * @param processorSeconds time of all cores for a step
   * @param toMemory elapsed time compared with pictures in memory, round by round
   * @param possible the least that this comparison can give on this number of cores
   */
  record Outcome(
      String name,
      Quartiles seconds,
      Quartiles processorSeconds,
      Quartiles toMemory,
      Quartiles possible) {}

  @Override
  public void run() {
    DataSet inMemory = pictures.read(Storage.inMemory());
    DataSet onDisk = pictures.read(Storage.onDisk());
    Augmentation augmented = Augmentation.of(randomResizedCrop(0.3, 1), flipHorizontally());
    List<Way> ways =
        List.of(
            new Way(MEMORY, inMemory, Augmentation.none()),
            new Way("memory, augmented", inMemory, augmented),
            new Way("disk", onDisk, Augmentation.none()),
            new Way("disk, augmented", onDisk, augmented));
    Map<String, List<Effort>> efforts = new LinkedHashMap<>();
    try (Model<Prediction> model =
        Model.of(network(inMemory), Tasks.classification(), adam(0.001), ModelOptions.seed(SEED))) {
      ways.forEach(way -> turn(model, way));
      for (int round = 1; round <= rounds; round++) {
        System.err.printf("round %d of %d%n", round, rounds);
        for (Way way : ways) {
          efforts.computeIfAbsent(way.name(), name -> new ArrayList<>()).add(turn(model, way));
        }
      }
    }
    List<Outcome> outcomes = outcomes(efforts, Runtime.getRuntime().availableProcessors());
    results.show("folder", table(outcomes), outcomes);
  }

  /** Returns a network that halves the side and doubles the number of filters in each layer. */
  private Network network(DataSet images) {
    return Network.of(
        Shape.of(images.height(), images.width(), images.channels()),
        halving(filters),
        halving(2 * filters),
        halving(4 * filters),
        halving(8 * filters),
        globalAveragePool(),
        dense(images.classes()));
  }

  private static Layer halving(int filters) {
    return sequence(conv2d(filters, 3).stride(2), relu());
  }

  private Effort turn(Model<Prediction> model, Way way) {
    Stopwatch stopwatch = new Stopwatch(block);
    model.fit(
        way.examples(),
        epochs(EPOCHS)
            .batchSize(pictures.batch())
            .augment(way.augmentation())
            .stopAfterSteps(LEFT_OUT + block),
        stopwatch);
    return stopwatch.ofAStep();
  }

  /** Measures the last steps of a call of {@code fit}. */
  private static final class Stopwatch implements TrainingListener {
    private final int block;
    private int steps;
    private Effort start = Effort.untilNow();
    private Effort end = start;

    Stopwatch(int block) {
      this.block = block;
    }

    @Override
    public void batchEnd(Training training, BatchResult result) {
      steps++;
      if (steps == LEFT_OUT) {
        start = Effort.untilNow();
      }
      end = Effort.untilNow();
    }

    Effort ofAStep() {
      return end.since(start, block);
    }
  }

  /** Compares all with the first, which is in memory. */
  static List<Outcome> outcomes(Map<String, List<Effort>> efforts, int cores) {
    List<Effort> first = efforts.get(MEMORY);
    List<Double> firstTimes = first.stream().map(Effort::seconds).toList();
    List<Outcome> outcomes = new ArrayList<>();
    efforts.forEach(
        (name, its) -> {
          List<Double> least = new ArrayList<>();
          for (int round = 0; round < its.size(); round++) {
            least.add(first.get(round).atLeast(its.get(round), cores));
          }
          List<Double> times = its.stream().map(Effort::seconds).toList();
          outcomes.add(
              new Outcome(
                  name,
                  Quartiles.of(times),
                  Quartiles.of(its.stream().map(Effort::processorSeconds).toList()),
                  PairedRatio.of(name, times, MEMORY, firstTimes).ratio(),
                  PairedRatio.of(name, least, MEMORY, firstTimes).ratio()));
        });
    return outcomes;
  }

  private String table(List<Outcome> outcomes) {
    TextTable table =
        new TextTable("pictures", "ms a step", "processor ms", "to memory", "at least possible");
    for (Outcome outcome : outcomes) {
      table.add(
          outcome.name(),
          Format.milliseconds(outcome.seconds()),
          Format.milliseconds(outcome.processorSeconds()),
          Format.ratio(outcome.toMemory()),
          Format.ratio(outcome.possible()));
    }
    return "%d pictures of %2$dx%2$d a step, %3$d filters, %4$d rounds of %5$d steps; median [quartiles]%n%6$s"
        .formatted(pictures.batch(), pictures.size(), filters, rounds, block, table);
  }
}
