package io.github.convnet4j.examples;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.train.FitOptions.epochs;
import static io.github.convnet4j.train.FitOptions.upTo;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.UserGraph;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.TruncatedNormal;
import org.tensorflow.types.TFloat32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A graph built with TensorFlow's operations only, trained as a {@link Model}: with progress,
 * checkpoints, metrics and a save that resumes. {@link OwnGraph} has the loop that this replaces.
 */
@Command(name = "OwnGraphModel", description = "a handwritten graph with fit, checkpoints and save")
public final class OwnGraphModel extends Example {
  private static final TrainingSettings DEFAULTS = new TrainingSettings(10, 50, 0.002, 1, 777);

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "where all files go, each run in its own folder (default: ${DEFAULT-VALUE})")
  private Path output = Path.of("target", "own-graph-model");

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  /** The test results after training, and after resuming and training for one more epoch. */
  record Results(Scores trained, Scores resumed) {}

  public static void main(String[] args) {
    new OwnGraphModel().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    DataSets images = data.readGrey(console, settings);
    Path folder = TrainAndReport.RunFolder.createIn(output);
    return () -> run(console, images, settings, folder);
  }

  /** Trains, tests and saves; then builds the graph again, resumes, and trains one more epoch. */
  static Results run(Console console, DataSets images, TrainingSettings settings, Path folder) {
    Scores trained;
    try (Graph graph = new Graph();
        Model<Prediction> model = model(build(graph, images.train(), settings), settings)) {
      model.fit(
          images.train(),
          epochs(settings.epochs()).batchSize(settings.batchSize()).validateOn(images.validation()),
          console.progressBar(),
          Checkpoints.everyEpoch(folder.resolve("checkpoints")).keep(3));
      trained = model.evaluate(images.test());
      console.print("Epoch", model.epochsTrained() + ":", trained);
      model.save(folder.resolve("model"));
    }

    try (Graph graph = new Graph();
        Model<Prediction> model = model(build(graph, images.train(), settings), settings)) {
      model.resume(folder.resolve("model"));
      model.fit(
          images.train(),
          upTo(settings.epochs() + 1).batchSize(settings.batchSize()),
          console.progressBar());
      Scores resumed = model.evaluate(images.test());
      console.print("Epoch", model.epochsTrained() + ":", resumed);
      return new Results(trained, resumed);
    }
  }

  private static Model<Prediction> model(UserGraph graph, TrainingSettings settings) {
    return Model.over(
        graph, classification(), adam(settings.learningRate()), ModelOptions.seed(settings.seed()));
  }

  /**
   * Builds two branches, one that looks for details and one that looks at the whole image. The loss
   * is the cross-entropy plus a penalty on the features, which keeps most of them at 0.
   */
  static UserGraph build(Graph graph, DataSet images, TrainingSettings settings) {
    Ops tf = Ops.create(graph);
    int height = images.height();
    int width = images.width();
    int size = images.pixelsPerImage();
    int classes = images.classes();
    Placeholder<TFloat32> pixels = // [batch, 28, 28, 1]
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, height, width, 1)));
    Placeholder<TFloat32> labels = // [batch, 10]
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, classes)));

    Variable<TFloat32> filters = variable(tf, settings.seed(), 0.1f, 5, 5, 1, 16);
    Operand<TFloat32> details = // [batch, 14, 14, 16] -> [batch, 16]
        tf.reduceMax(
            tf.nn.relu(tf.nn.conv2d(pixels, filters, List.of(1L, 2L, 2L, 1L), "SAME")),
            tf.array(1, 2));
    Operand<TFloat32> flat = tf.reshape(pixels, tf.array(-1, size)); // [batch, 784]
    Variable<TFloat32> whole = variable(tf, settings.seed() + 1, 0.05f, size, 48);
    Operand<TFloat32> features = // [batch, 64]
        tf.concat(List.of(details, tf.nn.relu(tf.linalg.matMul(flat, whole))), tf.constant(1));
    Variable<TFloat32> weights = variable(tf, settings.seed() + 2, 0.1f, 64, classes);
    Operand<TFloat32> logits = tf.linalg.matMul(features, weights); // [batch, 10]

    Operand<TFloat32> crossEntropy =
        tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss(), tf.constant(0));
    Operand<TFloat32> penalty = tf.math.mean(features, tf.array(0, 1));
    return UserGraph.builder(graph)
        .input("pixels", pixels)
        .target("digit", labels)
        .predictions("digit", tf.nn.softmax(logits))
        .loss(tf.math.add(crossEntropy, tf.math.mul(penalty, tf.constant(0.1f))))
        .variable("filters", filters)
        .variable("whole", whole)
        .variable("weights", weights)
        .build();
  }

  private static Variable<TFloat32> variable(Ops tf, long seed, float stddev, long... shape) {
    Operand<TFloat32> normal =
        tf.random.truncatedNormal(
            tf.constant(shape),
            TFloat32.class,
            TruncatedNormal.seed(seed),
            TruncatedNormal.seed2(0L));
    return tf.variable(tf.math.mul(normal, tf.constant(stddev)));
  }
}
