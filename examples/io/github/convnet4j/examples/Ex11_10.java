package io.github.convnet4j.examples;

import static io.github.convnet4j.augment.Transforms.cutout;
import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.randomCrop;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;
import static io.github.convnet4j.initializer.Initializers.heNormal;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.loss.Losses.softmaxCrossEntropy;
import static io.github.convnet4j.optimizer.Optimizers.adamW;
import static io.github.convnet4j.schedule.Schedules.oneCycle;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.augment.Fill;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.layer.Conv2d;
import io.github.convnet4j.layer.Padding;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Normalization;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * ex11_10, beyond the lecture: combines newer techniques. Batch normalization, a learning rate that
 * rises and falls, augmented images, and label smoothing. {@code docs/recipe.md} explains what each
 * part is for, and gives the measurements.
 */
@Command(name = "Ex11_10", description = "beyond the lecture: 99.6 % of MNIST's test digits")
public final class Ex11_10 extends Example {
  /** The settings of the recipe, chosen on validation images only. */
  static final TrainingSettings RECIPE = new TrainingSettings(12, 100, 0.003, 0.7f, 777);

  private static final double WEIGHT_DECAY = 0.05;
  private static final double LABEL_SMOOTHING = 0.1;
  private static final double RISING_SHARE = 0.15;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions training = new TrainingOptions(RECIPE);

  @Option(
      names = "--images",
      paramLabel = "digits|clothes",
      description =
          "how to augment the images: as suits handwritten digits, or as suits the clothes of"
              + " Fashion-MNIST (default: ${DEFAULT-VALUE})")
  private ImageKind images = ImageKind.DIGITS;

  @Option(
      names = "--literal-graph",
      description =
          "build the graph exactly as the network describes it: slower, and with other dropout"
              + " masks")
  private boolean literalGraph;

  @Option(
      names = "--mixed-precision",
      description =
          "compute convolutions and products in bfloat16: faster on processors with AMX, and with"
              + " other digits")
  private boolean mixedPrecision;

  public static void main(String[] args) {
    new Ex11_10().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    DataSets sets = data.read(console);
    UnaryOperator<ModelOptions> changed =
        options -> {
          ModelOptions graph = literalGraph ? options.literalGraph() : options;
          return mixedPrecision ? graph.mixedPrecision() : graph;
        };
    return () -> train(console, sets, images, settings, changed);
  }

  /** The network. The shapes in the comments are MNIST's. */
  static Network network(DataSet images, float keepProbability) {
    return Network.of(
        Shape.of(images.height(), images.width(), images.channels()), // [28, 28, 1]
        // Pooling before normalization gives the same features for a quarter of the work.
        sequence(conv(32), maxPool(2), batchNorm(), relu()), // -> [14, 14, 32]
        sequence(conv(64), batchNorm(), relu()), // -> [14, 14, 64]
        sequence(conv(64), maxPool(2), batchNorm(), relu()), // -> [7, 7, 64]
        sequence(conv(128), batchNorm(), relu()), // -> [7, 7, 128]
        sequence(conv(128).padding(Padding.VALID), batchNorm(), relu()), // -> [5, 5, 128]
        flatten(), // -> [3200]
        dropout(1 - keepProbability),
        dense(images.classes())); // -> [10]
  }

  /** Has no bias, since the batch normalization that follows has one. */
  private static Conv2d conv(int filters) {
    return conv2d(filters, 3).withoutBias().kernelInitializer(heNormal());
  }

  /**
   * Trains on the training images, and then evaluates once on the test images.
   *
   * @param kind what the images show
   * @param changed returns the options of the model, such as its graph's, from those of the recipe
   */
  public static Scores train(
      Console console,
      DataSets images,
      ImageKind kind,
      TrainingSettings settings,
      UnaryOperator<ModelOptions> changed) {
    Network network = network(images.train(), settings.keepProbability());
    console.print(network.summary());
    console.print("Seed: " + settings.seed());
    long start = System.nanoTime();
    Duration cpuBefore = processorTime();
    float peak = (float) settings.learningRate(); // rounded, as in the runs in docs/recipe.md
    ModelOptions options =
        ModelOptions.seed(settings.seed()).normalization(Normalization.of(images.train()));
    try (Model<Prediction> model =
        Model.of(
            network,
            classification().loss(softmaxCrossEntropy().labelSmoothing(LABEL_SMOOTHING)),
            adamW(settings.learningRate(), WEIGHT_DECAY),
            changed.apply(options))) {
      model.fit(
          images.train(),
          epochs(settings.epochs())
              .batchSize(settings.batchSize())
              .learningRate(oneCycle(peak).rising(RISING_SHARE))
              .augment(kind.augmentation())
              .validateOn(images.validation()),
          console.progressBar(),
          new Stopwatch(console));
      console
          .messages()
          .printf(
              Locale.ROOT,
              "Training took %.1f s, and %.1f s of processor time%n",
              (System.nanoTime() - start) / 1e9,
              processorTime().minus(cpuBefore).toMillis() / 1e3);
      Scores scores = model.evaluate(images.test());
      console.print("Test: " + scores);
      return scores;
    }
  }

  /**
   * Returns the processor time that this process has used on all cores; 0 if it is not available.
   */
  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What the images show, which decides how they can be augmented. */
  public enum ImageKind {
    /** Handwritten digits: slanted, large or small, but never mirrored. */
    DIGITS,

    /** Clothes: photographed upright, filling the frame, from either side. */
    CLOTHES;

    /** Returns the augmentation of the training images. */
    public Augmentation augmentation() {
      return switch (this) {
        case DIGITS -> Augmentation.of(rotate(10), zoom(0.9, 1.1), shift(0.08));
        // Interpolation would blur the texture of the cloth in training but not in testing, so
        // images only move by whole pixels. The collection's background is black.
        case CLOTHES ->
            Augmentation.of(flipHorizontally(), randomCrop(1), cutout(8)).fill(Fill.constant(0));
      };
    }
  }
}
