package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.loss.Losses.softmaxCrossEntropy;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelJson;
import io.github.convnet4j.train.ModelOptions;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A loss and a metric of your own, for data in which some classes are rare: the focal loss, and the
 * recall of the class that is recognized worst, which decides when training stops.
 */
@Command(name = "OwnMetricAndLoss", description = "a loss and a metric of your own")
public final class OwnMetricAndLoss extends Example {
  private static final int FEW = 10; // training images of an 8, and as many of a 9
  private static final TrainingSettings DEFAULTS = new TrainingSettings(40, 50, 0.003, 1, 777);
  private static final ModelJson JSON = ModelJson.standard().withLoss("focal", FocalLoss.class);

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "where the model goes, each run's in its own folder (default: ${DEFAULT-VALUE})")
  private Path output = Path.of("target", "own-metric-and-loss");

  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  /** The test results with each loss, and those of the second model after loading it. */
  record Results(Scores crossEntropy, Scores focal, Scores loaded) {}

  /**
   * The softmax cross-entropy times (1 - p)^gamma, where p is the probability of the example's
   * class: what is predicted well counts less. T.-Y. Lin et al., "Focal loss for dense object
   * detection", 2017.
   */
  record FocalLoss(double gamma) implements Loss {
    @Override
    public Operand<TFloat32> perExample(
        Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
      Operand<TFloat32> crossEntropy = // [batch]
          tf.nn.softmaxCrossEntropyWithLogits(outputs, targets).loss();
      Operand<TFloat32> p = tf.math.exp(tf.math.neg(crossEntropy));
      Operand<TFloat32> factor =
          tf.math.pow(tf.math.sub(tf.constant(1f), p), tf.constant((float) gamma));
      return tf.math.mul(factor, crossEntropy);
    }

    @Override
    public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
      return tf.nn.softmax(outputs);
    }
  }

  /** The recall of the class with the lowest recall. */
  record WorstRecall() implements Metric {
    @Override
    public String name() {
      return "worst_recall";
    }

    @Override
    public Tally tally(Shape prediction, Shape target) {
      if (prediction.numDimensions() != 1 || !prediction.equals(target)) {
        throw new IllegalArgumentException(
            "worst_recall needs predictions and targets [classes]: %s, %s"
                .formatted(prediction, target));
      }
      return new RecallTally(Math.toIntExact(prediction.size()));
    }
  }

  /** Counts the examples of each class, and those of them that are correctly classified. */
  private static final class RecallTally implements Metric.Tally {
    private final int classes;
    private final double[] counts; // all examples of each class, then the correct ones

    RecallTally(int classes) {
      this.classes = classes;
      this.counts = new double[2 * classes];
    }

    @Override
    public void add(int examples, float[] predictions, float[] targets) {
      for (int i = 0; i < examples; i++) {
        int label = largest(targets, i * classes);
        counts[label]++;
        counts[classes + label] += largest(predictions, i * classes) == label ? 1 : 0;
      }
    }

    private int largest(float[] values, int from) {
      int largest = 0;
      for (int c = 1; c < classes; c++) {
        largest = values[from + c] > values[from + largest] ? c : largest;
      }
      return largest;
    }

    @Override
    public double value() {
      return IntStream.range(0, classes)
          .filter(c -> counts[c] > 0)
          .mapToDouble(c -> counts[classes + c] / counts[c])
          .min()
          .orElse(Double.NaN);
    }

    @Override
    public double[] state() {
      return counts.clone();
    }

    @Override
    public void restore(double[] state) {
      if (state.length != counts.length) {
        throw new IllegalArgumentException(
            "state must have %d numbers: %d".formatted(counts.length, state.length));
      }
      System.arraycopy(state, 0, counts, 0, counts.length);
    }
  }

  public static void main(String[] args) {
    new OwnMetricAndLoss().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    Path folder = TrainAndReport.RunFolder.createIn(output);
    return () -> run(console, settings, folder);
  }

  /** Trains with both losses, tests, and saves and loads the second model. */
  static Results run(Console console, TrainingSettings settings, Path folder) {
    DataSets digits = BundledDigits.read().validationShare(0.3);
    DataSet train = withFewEightsAndNines(digits.train());
    FitOptions options =
        epochs(settings.epochs())
            .batchSize(settings.batchSize())
            .validateOn(digits.validation())
            .metrics(new WorstRecall());

    Scores crossEntropy;
    try (Model<Prediction> model = model(softmaxCrossEntropy(), settings)) {
      model.fit(train, options, console.progressBar(), EarlyStopping.on("val_worst_recall", 10));
      crossEntropy = model.evaluate(digits.test(), new WorstRecall());
      console.print("Cross-entropy, epoch " + model.epochsTrained() + ":", crossEntropy);
    }

    Scores focal;
    try (Model<Prediction> model = model(new FocalLoss(2), settings)) {
      model.fit(train, options, console.progressBar(), EarlyStopping.on("val_worst_recall", 10));
      focal = model.evaluate(digits.test(), new WorstRecall());
      console.print("Focal loss, epoch " + model.epochsTrained() + ":", focal);
      model.save(folder, JSON);
    }

    try (Model<Prediction> model = Model.load(folder, Prediction.class, JSON)) {
      Scores loaded = model.evaluate(digits.test(), new WorstRecall());
      console.print("The same, saved and loaded:", loaded);
      return new Results(crossEntropy, focal, loaded);
    }
  }

  private static Model<Prediction> model(Loss loss, TrainingSettings settings) {
    return Model.of(
        network(),
        classification().loss(loss),
        adam(settings.learningRate()),
        ModelOptions.seed(settings.seed()));
  }

  static Network network() {
    return Network.of(
        Shape.of(28, 28, 1),
        conv2d(8, 3).stride(2),
        relu(),
        maxPool(2), // -> [7, 7, 8]
        conv2d(16, 3),
        relu(),
        maxPool(2), // -> [4, 4, 16]
        flatten(),
        dense(10));
  }

  private static DataSet withFewEightsAndNines(DataSet digits) {
    int[] seen = new int[10];
    return digits.select(
        IntStream.range(0, digits.size())
            .filter(i -> digits.label(i) < 8 || seen[digits.label(i)]++ < FEW)
            .toArray());
  }
}
