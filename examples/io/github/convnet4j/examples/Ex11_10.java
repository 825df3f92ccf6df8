package io.github.convnet4j.examples;

import static io.github.convnet4j.augment.Transforms.cutout;
import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;
import static io.github.convnet4j.classifier.FitOptions.epochs;
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

import io.github.convnet4j.augment.Affine;
import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.augment.Geometric;
import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.ClassifierOptions;
import io.github.convnet4j.classifier.Normalization;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Evaluation;
import io.github.convnet4j.layer.Conv2d;
import io.github.convnet4j.layer.Padding;
import io.github.convnet4j.model.Network;
import java.time.Duration;
import java.util.Locale;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * ex11_10, beyond the lecture: what has been found out since, put together. Batch normalisation, a
 * learning rate that rises and falls, images that are never twice the same, and labels that leave a
 * doubt. {@code docs/recipe.md} says what each part is for, and what was measured.
 */
@Command(name = "Ex11_10", description = "beyond the lecture: 99.6 % of MNIST's test digits")
public final class Ex11_10 extends Example {
  /** What the recipe was chosen with, on validation images alone. */
  static final TrainingSettings RECIPE = new TrainingSettings(12, 100, 0.003f, 0.7f, 777);

  private static final float WEIGHT_DECAY = 0.05f;
  private static final float LABEL_SMOOTHING = 0.1f;
  private static final double RISING = 0.15;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions training = new TrainingOptions(RECIPE);

  @Option(
      names = "--images",
      paramLabel = "digits|clothes",
      description =
          "how images are changed while training: as digits may be, or as the clothes of"
              + " Fashion-MNIST may be (default: ${DEFAULT-VALUE})")
  private ImageKind images = ImageKind.DIGITS;

  @Option(
      names = "--literal-graph",
      description = "build the graph as the network says: slower, other dropout masks")
  private boolean literalGraph;

  public static void main(String[] args) {
    new Ex11_10().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    DataSets sets = data.read(console);
    return () -> train(console, sets, images, settings, literalGraph);
  }

  /** The network. The shapes in the comments are MNIST's. */
  static Network network(DataSet images, float keepProbability) {
    return Network.of(
        Shape.of(images.height(), images.width(), images.channels()), // [28, 28, 1]
        // Pooled before it is normalised: the same features from a quarter of the work.
        sequence(conv(32), maxPool(2), batchNorm(), relu()), // -> [14, 14, 32]
        sequence(conv(64), batchNorm(), relu()), // -> [14, 14, 64]
        sequence(conv(64), maxPool(2), batchNorm(), relu()), // -> [7, 7, 64]
        sequence(conv(128), batchNorm(), relu()), // -> [7, 7, 128]
        sequence(conv(128).padding(Padding.VALID), batchNorm(), relu()), // -> [5, 5, 128]
        flatten(), // -> [3200]
        dropout(1 - keepProbability),
        dense(images.classes())); // -> [10]
  }

  /** Without a bias: batch normalisation, which follows, has one. */
  private static Conv2d conv(int filters) {
    return conv2d(filters, 3).withoutBias().kernelInitializer(heNormal());
  }

  /**
   * Trains on the training images and, when that is over, tests once.
   *
   * @param kind what the images show
   * @param literal whether the graph is built as the network says, without rewrites
   */
  public static Evaluation train(
      Console console,
      DataSets images,
      ImageKind kind,
      TrainingSettings settings,
      boolean literal) {
    Network network = network(images.train(), settings.keepProbability());
    console.print(network.summary());
    console.print("Seed: " + settings.seed());
    long begun = System.nanoTime();
    Duration cpuBefore = processorTime();
    ClassifierOptions options =
        ClassifierOptions.defaults()
            .seed(settings.seed())
            .loss(softmaxCrossEntropy().labelSmoothing(LABEL_SMOOTHING))
            .normalization(Normalization.of(images.train()));
    try (Classifier classifier =
        Classifier.of(
            network,
            adamW(settings.learningRate(), WEIGHT_DECAY),
            literal ? options.literalGraph() : options)) {
      classifier.fit(
          images.train(),
          epochs(settings.epochs())
              .batchSize(settings.batchSize())
              .learningRate(oneCycle(settings.learningRate()).rising(RISING))
              .augment(kind.augmentation())
              .validateOn(images.validation()),
          console.progressBar(),
          new Stopwatch(console));
      console
          .messages()
          .printf(
              Locale.ROOT,
              "Training took %.1f s, and %.1f s of processor time%n",
              (System.nanoTime() - begun) / 1e9,
              processorTime().minus(cpuBefore).toMillis() / 1e3);
      Evaluation evaluation = classifier.evaluate(images.test());
      console.print("Test: " + evaluation);
      return evaluation;
    }
  }

  /**
   * What this process has had of all processors since it began; 0 where the system does not say.
   */
  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What the images show, and so how they may be changed and still show it. */
  public enum ImageKind {
    /** Written by hand: leaning, large or small, but never mirrored. */
    DIGITS,

    /** Photographed upright and as large as the frame, from either side. */
    CLOTHES;

    /** What is done to each image each time it is trained on. */
    public Augmentation augmentation() {
      return switch (this) {
        case DIGITS -> Augmentation.of(rotate(10), zoom(0.9f, 1.1f), shift(0.08f));
        case CLOTHES -> Augmentation.of(flipHorizontally(), byWholePixels(1), cutout(8));
      };
    }

    /**
     * Moves an image by whole pixels, so that nothing is interpolated: cloth is known by its
     * texture, which interpolation would blur in training and nothing blurs in testing.
     */
    private static Geometric byWholePixels(int most) {
      return (height, width, random) ->
          new Affine(1, 0, 0, 1, random.nextInt(-most, most + 1), random.nextInt(-most, most + 1));
    }
  }
}
