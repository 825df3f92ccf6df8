package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.rescaling;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.files.DataLocator;
import io.github.convnet4j.files.PictureList;
import io.github.convnet4j.keras.KerasLayers;
import io.github.convnet4j.keras.KerasModel;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.report.Charts;
import io.github.convnet4j.store.ReplacedFile;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.LoadedWeights;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Normalization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Transfer learning with a real network: MobileNetV2, trained on ImageNet, learns to tell grass
 * from gravel and brick with ten pictures of each. It follows Keras' guide: a new head on a frozen
 * network, then the last blocks too, at a lower rate.
 *
 * <p>It is compared with the same network and with a small one, both trained from scratch. The
 * pictures are patches of photographs, of random brightness and contrast; each seed draws others.
 */
@Command(
    name = "FineTunePhotos",
    description = "transfer learning: MobileNetV2 of ImageNet on ten pictures of each class")
public final class FineTunePhotos extends Example {
  private static final int BATCH = 10;
  private static final int POINTS = 10; // of each curve
  private static final double HEAD_RATE = 0.003;
  private static final double FINE_RATE = 0.0001;
  private static final double SCRATCH_RATE = 0.001;

  /** This network takes pixels from 0 to 255, and a data set has pixels from 0 to 1. */
  static final Normalization TIMES_255 = Normalization.of(0, 1 / 255.0);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "a folder with pretrained/mobilenet_v2_imagenet.keras and the folder textures (default:"
              + " the folder in the environment variable CONVNET4J_DATA)")
  private Path data;

  @Option(
      names = "--network",
      paramLabel = "FILE",
      description = "a file of Keras, for pixels from 0 to 255 (default: that of --data)")
  private Path network;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "a folder with one photograph for each class (default: that of --data)")
  private Path photos;

  @Option(
      names = "--features",
      paramLabel = "LAYER",
      description = "the layer on which the new head is put (default: ${DEFAULT-VALUE})")
  private String features = "global_average_pooling2d";

  @Option(
      names = "--frozen",
      paramLabel = "LAYER",
      description = "the last layer that is not fine-tuned (default: ${DEFAULT-VALUE})")
  private String frozen = "b15_add";

  @Option(
      names = "--patch",
      paramLabel = "N",
      description = "the side of a patch in pixels (default: ${DEFAULT-VALUE})")
  private int patch = 48;

  @Option(
      names = "--few",
      paramLabel = "N",
      description = "training patches of each class (default: ${DEFAULT-VALUE})")
  private int few = 10;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "test patches of each class (default: ${DEFAULT-VALUE})")
  private int test = 40;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "epochs of each way to learn, a multiple of 10; half of them for the head, half for"
              + " fine-tuning (default: ${DEFAULT-VALUE})")
  private int epochs = 40;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "how often everything is repeated, from 2 to 10 (default: ${DEFAULT-VALUE})")
  private int seeds = 5;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "where the curves go, as SVG (default: ${DEFAULT-VALUE})")
  private Path chart = Path.of("target", "fine-tune-photos.svg");

  /**
   * A pretrained network.
   *
   * @param network its description
   * @param weights its weights
   * @param features the layer on which the new head is put
   * @param frozen the last layer that is not fine-tuned
   */
  record Pretrained(Network network, Weights weights, String features, String frozen) {}

  /**
   * How much is learned from what.
   *
   * @param few training patches of each class
   * @param test test patches of each class
   * @param epochs a multiple of 10
   * @param seeds from 2 to 10
   */
  record Settings(int few, int test, int epochs, int seeds) {
    Settings {
      require(few >= 1, "--few must be at least 1: " + few);
      require(test >= 1, "--test must be at least 1: " + test);
      require(
          epochs >= POINTS && epochs % POINTS == 0, "--epochs must be a multiple of 10: " + epochs);
      require(seeds >= 2 && seeds <= Interval.MOST, "--seeds must be from 2 to 10: " + seeds);
    }

    private static void require(boolean holds, String message) {
      if (!holds) {
        throw new UsageException(message);
      }
    }
  }

  /** A way to learn the classes. */
  enum Way {
    HEAD("new head on features"),
    FINE_TUNED("then the last blocks"),
    SCRATCH("the same from scratch"),
    SMALL("a small CNN from scratch");

    private final String words;

    Way(String words) {
      this.words = words;
    }
  }

  /**
   * The mean of a few numbers.
   *
   * @param half half of the width of the 95 % interval, by Student's t distribution
   */
  record Interval(double mean, double half) {
    /** The 97.5 % quantiles of Student's t distribution with 1, 2, … degrees of freedom. */
    private static final double[] T = {
      12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262
    };

    static final int MOST = T.length + 1;

    /** From 2 to 10 numbers. */
    static Interval of(List<Double> values) {
      int n = values.size();
      double mean = values.stream().mapToDouble(value -> value).sum() / n;
      double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
      return new Interval(mean, T[n - 2] * Math.sqrt(squares / (n - 1) / n));
    }
  }

  /**
   * What was measured.
   *
   * @param accuracies of the test patches, at the end, one for each seed
   * @param seconds of processor time, the sum of all seeds
   * @param curves the mean test accuracy after each tenth of the epochs
   */
  record Results(
      Map<Way, List<Double>> accuracies,
      Map<Way, Double> seconds,
      Map<String, List<Double>> curves) {}

  public static void main(String[] args) {
    new FineTunePhotos().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    Settings settings = new Settings(few, test, epochs, seeds);
    PhotoPatches patches =
        PhotoPatches.read(
            PictureList.in(photos == null ? inData("textures", "--photos") : photos).files(),
            patch);
    Path file =
        network == null ? inData("pretrained/mobilenet_v2_imagenet.keras", "--network") : network;
    KerasModel keras = KerasLayers.standard().inputShape(patch, patch, 3).read(file);
    Pretrained pretrained = new Pretrained(keras.network(), keras.weights(), features, frozen);
    try {
      keras.network().upTo(features).freezeUpTo(frozen);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--features and --frozen: " + e.getMessage());
    }
    return () -> run(console, pretrained, patches, settings, chart);
  }

  private Path inData(String name, String option) {
    String variable = System.getenv(DataLocator.DATA_VARIABLE);
    if (data == null && (variable == null || variable.isEmpty())) {
      throw new UsageException("%s, or --data, must say where to find %s".formatted(option, name));
    }
    return (data == null ? Path.of(variable) : data).resolve(name);
  }

  /** Learns in every way with every seed, prints a table and writes the curves. */
  static Results run(
      Console console, Pretrained pretrained, PhotoPatches patches, Settings settings, Path chart) {
    console.print(
        "%s: %d training and %d test patches of each, %dx%d pixels"
            .formatted(
                String.join(", ", patches.classes()),
                settings.few(),
                settings.test(),
                patches.side(),
                patches.side()));
    List<Trial> trials = new ArrayList<>();
    for (int seed = 1; seed <= settings.seeds(); seed++) {
      Trial trial = new Trial(console, pretrained, patches, settings, seed);
      trial.transfer();
      trial.learn(Way.SCRATCH, trial.extended(pretrained.network()), SCRATCH_RATE);
      trial.learn(Way.SMALL, small(patches.side(), patches.classes().size()), SCRATCH_RATE);
      trials.add(trial);
    }
    Results results = results(trials);
    print(console, results);
    write(chart, settings, results);
    console.messages().println("Curves: " + chart);
    return results;
  }

  /** A small network, which few pictures may be enough for. It takes pixels from 0 to 255, too. */
  static Network small(int side, int classes) {
    return Network.of(
        Shape.of(side, side, 3),
        rescaling(1 / 255.0),
        block(16),
        block(32),
        block(64),
        globalAveragePool(),
        dense(classes));
  }

  /** Puts a new head on a layer of a network. */
  static Network extended(Network network, String features, int classes) {
    return network.upTo(features).then(dropout(0.2), dense(classes).name("classes"));
  }

  private static Layer block(int filters) {
    return sequence(conv2d(filters, 3).withoutBias(), batchNorm(), relu(), maxPool(2));
  }

  /** Everything that is learned with one seed. */
  private static final class Trial {
    private final Console console;
    private final Pretrained pretrained;
    private final Settings settings;
    private final int seed;
    private final DataSet train;
    private final DataSet test;
    private final Map<Way, List<Double>> accuracies = new EnumMap<>(Way.class);
    private final Map<Way, Double> seconds = new EnumMap<>(Way.class);

    Trial(
        Console console, Pretrained pretrained, PhotoPatches patches, Settings settings, int seed) {
      this.console = console;
      this.pretrained = pretrained;
      this.settings = settings;
      this.seed = seed;
      train = patches.train(settings.few(), seed);
      test = patches.test(settings.test(), seed);
    }

    private Model<Prediction> model(Network network, double rate) {
      return Model.of(
          network,
          classification(),
          adam(rate),
          ModelOptions.seed(seed)
              .normalization(
                  network.input().numDimensions() == 3 ? TIMES_255 : Normalization.unit()));
    }

    Network extended(Network network) {
      return FineTunePhotos.extended(network, pretrained.features(), train.classes());
    }

    /** Trains the head on features that are computed once, then the last blocks as well. */
    void transfer() {
      String cut = pretrained.features();
      Network whole = extended(pretrained.network().inferenceMode());
      Weights weights;
      double start = processorSeconds();
      try (Model<Prediction> model = model(whole.freezeUpTo(cut), HEAD_RATE);
          Model<Prediction> head = model(whole.after(cut), HEAD_RATE)) {
        LoadedWeights loaded = model.loadWeights(pretrained.weights()).requireAllBut("classes");
        if (seed == 1) {
          console.messages().println(loaded);
        }
        head.loadWeights(model.weights());
        Source features =
            model.features(cut, train, done -> console.progress("features", done, train.size()));
        Source testFeatures = model.features(cut, test);
        fit(Way.HEAD, head, features, testFeatures, POINTS / 2);
        model.loadWeights(head.weights());
        weights = model.weights();
      }
      seconds.put(Way.HEAD, processorSeconds() - start);
      start = processorSeconds();
      try (Model<Prediction> model = model(whole.freezeUpTo(pretrained.frozen()), FINE_RATE)) {
        model.loadWeights(weights);
        fit(Way.FINE_TUNED, model, train, test, POINTS / 2);
      }
      seconds.put(Way.FINE_TUNED, processorSeconds() - start);
    }

    /** Trains a network from scratch. */
    void learn(Way way, Network network, double rate) {
      double start = processorSeconds();
      try (Model<Prediction> model = model(network, rate)) {
        fit(way, model, train, test, POINTS);
      }
      seconds.put(way, processorSeconds() - start);
    }

    private void fit(Way way, Model<Prediction> model, Source examples, Source unseen, int points) {
      List<Double> curve = new ArrayList<>();
      for (int point = 0; point < points; point++) {
        model.fit(
            examples, epochs(settings.epochs() / POINTS).batchSize(BATCH), console.progressBar());
        curve.add(model.evaluate(unseen).accuracy());
      }
      accuracies.put(way, curve);
      console
          .messages()
          .println(
              String.format(
                  Locale.ROOT, "seed %d, %s: %.4f", seed, way.words, curve.get(points - 1)));
    }
  }

  /** Wall-clock time would depend on what else the machine does. */
  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  private static Results results(List<Trial> trials) {
    Map<Way, List<Double>> accuracies = new EnumMap<>(Way.class);
    Map<Way, Double> seconds = new EnumMap<>(Way.class);
    Map<Way, List<Double>> means = new EnumMap<>(Way.class);
    for (Way way : Way.values()) {
      List<List<Double>> curves = trials.stream().map(trial -> trial.accuracies.get(way)).toList();
      accuracies.put(way, curves.stream().map(curve -> curve.get(curve.size() - 1)).toList());
      seconds.put(way, trials.stream().mapToDouble(trial -> trial.seconds.get(way)).sum());
      means.put(
          way,
          IntStream.range(0, curves.get(0).size())
              .mapToObj(i -> curves.stream().mapToDouble(curve -> curve.get(i)).average())
              .map(mean -> mean.orElse(Double.NaN))
              .toList());
    }
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    List<Double> transfer = new ArrayList<>(means.get(Way.HEAD));
    transfer.addAll(means.get(Way.FINE_TUNED));
    curves.put("pretrained", transfer);
    curves.put("from scratch", means.get(Way.SCRATCH));
    curves.put("small CNN", means.get(Way.SMALL));
    return new Results(accuracies, seconds, curves);
  }

  private static void print(Console console, Results results) {
    int seeds = results.accuracies().get(Way.HEAD).size();
    console.print(
        "                          test accuracy, mean and 95 %% interval of %d seeds    processor time"
            .formatted(seeds));
    for (Way way : Way.values()) {
      Interval interval = Interval.of(results.accuracies().get(way));
      console.print(
          String.format(
              Locale.ROOT,
              "%-26s%.3f +/- %.3f (%s)%10.1f s",
              way.words,
              interval.mean(),
              interval.half(),
              each(results.accuracies().get(way)),
              results.seconds().get(way) / seeds));
    }
  }

  private static String each(List<Double> accuracies) {
    return String.join(
        " ", accuracies.stream().map(value -> String.format(Locale.ROOT, "%.3f", value)).toList());
  }

  private static void write(Path chart, Settings settings, Results results) {
    int step = settings.epochs() / POINTS;
    List<Integer> epochs = IntStream.rangeClosed(1, POINTS).mapToObj(i -> i * step).toList();
    try {
      ReplacedFile.write(chart, Charts.compare("Test accuracy", epochs, results.curves(), 1));
    } catch (StoreException e) {
      throw new UsageException("--chart: " + e.getMessage());
    }
  }
}
