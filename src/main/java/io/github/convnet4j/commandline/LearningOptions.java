package io.github.convnet4j.commandline;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.ClassCounts;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.loss.SoftmaxCrossEntropy;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.FitOptions.LastBatch;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Normalization;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options of {@code train} that say how the network learns. */
final class LearningOptions {
  private static final String BALANCED = "balanced";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "passes over the training images (default: ${DEFAULT-VALUE})")
  private int epochs = 10;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "images per step (default: ${DEFAULT-VALUE})")
  private int batchSize = 32;

  @Option(
      names = "--last-batch",
      paramLabel = "CHOICE",
      description =
          "what to do with an epoch's last images if they do not fill a batch: short (make a"
              + " smaller batch of them), drop (leave them out), or carry_over (to the next epoch)"
              + " (default: short)")
  private LastBatch lastBatch = LastBatch.SHORT;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "seed for the weights, dropout, augmentation and the order of the images: the same seed"
              + " gives the same model on the same machine; with another number of cores, sums are"
              + " rounded in another way (default: ${DEFAULT-VALUE})")
  private int seed = 1;

  @Option(
      names = "--normalize",
      description =
          "scale pixels to mean 0 and standard deviation 1 over the training images, rather than to"
              + " the range from 0 to 1")
  private boolean normalize;

  @Option(
      names = "--augment",
      paramLabel = "LIST",
      converter = AugmentationText.class,
      description = {
        "change each image at random each time it is used, for example",
        AugmentationText.EXAMPLE,
        AugmentationText.TRANSFORMS_1,
        AugmentationText.TRANSFORMS_2,
        AugmentationText.TRANSFORMS_3,
        AugmentationText.FILLS
      })
  private Augmentation augmentation;

  @Option(
      names = "--metrics",
      paramLabel = "NAME",
      split = ",",
      converter = MetricText.class,
      description =
          "more values to compute for each epoch, besides the loss and the task's own, such as"
              + " f1,roc_auc for classification, label_f1 for multi-label, r2 for regression or"
              + " dice for segmentation")
  private List<Metric> metrics = List.of();

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "the share of each label to spread over all classes, such as 0.1")
  private double labelSmoothing;

  @Option(
      names = "--class-weights",
      paramLabel = "balanced|W,W,…",
      description =
          "multiply the loss of each image, or pixel, by the weight of its class: one weight for"
              + " each class in the order of their names, such as 1,5; or balanced, so that all"
              + " classes count the same, however many images or pixels they have")
  private String classWeights;

  @Option(names = "--balance", hidden = true)
  private boolean balance;

  @Option(
      names = "--literal-graph",
      description =
          "build the graph exactly as the network describes it, without the rewrites that speed it"
              + " up and leave its results the same")
  private boolean literalGraph;

  @Option(
      names = "--mixed-precision",
      paramLabel = "training",
      arity = "0..1",
      fallbackValue = "all",
      description =
          "compute convolutions and products in bfloat16, which is faster on processors with AMX:"
              + " in training and in every later use of the model, or with =training in training"
              + " only")
  private Precision mixedPrecision = Precision.NONE;

  /** Where products are computed in bfloat16. */
  private enum Precision {
    /** Nowhere. */
    NONE,
    /** In training, but not in evaluation and prediction. */
    TRAINING,
    /** Everywhere. */
    ALL;

    Set<Mode> modes() {
      return switch (this) {
        case NONE -> Set.of();
        case TRAINING -> Set.of(Mode.TRAINING);
        case ALL -> EnumSet.allOf(Mode.class);
      };
    }
  }

  FitOptions fitOptions() {
    FitOptions options = UsageException.naming("--epochs", () -> FitOptions.upTo(epochs));
    FitOptions sized = UsageException.naming("--batch-size", () -> options.batchSize(batchSize));
    FitOptions whole = sized.lastBatch(lastBatch).metrics(metrics.toArray(Metric[]::new));
    return augmentation == null ? whole : whole.augment(augmentation);
  }

  /**
   * Refuses options that are not for a task.
   *
   * @param kind regression for a task that may also turn out to be multi-label
   */
  void check(TaskKind kind) {
    if (balance) {
      throw new UsageException("--balance is now --class-weights balanced");
    }
    if (classWeights != null && !classWeights.equals(BALANCED)) {
      givenWeights();
    }
    if (augmentation != null && augmentation.mixes() && !kind.mixesTargets()) {
      throw new UsageException(
          "--augment: mixup and cutmix are for classification and multi-label, not for " + kind);
    }
    if (augmentation != null && augmentation.mixes() && batchSize == 1) {
      throw new UsageException(
          "--batch-size must be at least 2 for mixup and cutmix, which mix images of a batch: 1");
    }
    if (!kind.hasClasses()) {
      String message = "%s is for classification and segmentation, not for " + kind;
      if (classWeights != null) {
        throw new UsageException(message.formatted("--class-weights"));
      }
      if (labelSmoothing != 0) {
        throw new UsageException(message.formatted("--label-smoothing"));
      }
    }
  }

  /** Whether pixels are to be normalized over the training images. */
  boolean normalizes() {
    return normalize;
  }

  /** Returns whether images are moved in training. */
  boolean movesImages() {
    return augmentation != null && augmentation.moves();
  }

  /** Checks the augmentation, since a transform may not suit images of this shape. */
  void checkAugmentation(Source images) {
    if (augmentation != null) {
      UsageException.naming(
          "--augment",
          () -> {
            augmentation.check(images.inputShapes().get(0));
            return augmentation;
          });
    }
  }

  /** Returns the task that is learned from these examples. */
  Task<?> task(KnownTask known, Source train) {
    String[] names = known.names().toArray(String[]::new);
    return switch (known.kind()) {
      case CLASSIFICATION -> Tasks.classification(names).loss(classLoss(train, names.length));
      case MULTI_LABEL -> Tasks.multiLabel(names);
      case REGRESSION -> Tasks.regression(names);
      case SEGMENTATION ->
          Tasks.segmentation(names)
              .unlabeled(known.unlabeled())
              .loss(classLoss(train, names.length));
    };
  }

  private Loss classLoss(Source train, int classes) {
    SoftmaxCrossEntropy smoothed =
        UsageException.naming(
            "--label-smoothing", () -> Losses.softmaxCrossEntropy().labelSmoothing(labelSmoothing));
    if (classWeights == null) {
      return smoothed;
    }
    double[] weights =
        classWeights.equals(BALANCED) ? balancedWeights(train, classes) : givenWeights();
    if (weights.length != classes) {
      throw new UsageException(
          "--class-weights must be one weight for each of the %d classes, or balanced: %s"
              .formatted(classes, classWeights));
    }
    return UsageException.naming("--class-weights", () -> smoothed.classWeights(weights));
  }

  private double[] givenWeights() {
    double[] weights;
    try {
      weights =
          Pattern.compile(",")
              .splitAsStream(classWeights)
              .mapToDouble(Double::parseDouble)
              .toArray();
    } catch (NumberFormatException e) {
      throw new UsageException(
          "--class-weights must be numbers with commas between them, such as 1,5, or balanced: "
              + classWeights);
    }
    if (Arrays.stream(weights).noneMatch(weight -> weight > 0)) {
      throw new UsageException("--class-weights must have one above 0: " + classWeights);
    }
    return weights;
  }

  /** Returns the options of a model that is trained on these images. */
  ModelOptions modelOptions(Source train) {
    ModelOptions seeded = ModelOptions.seed(seed).mixedPrecisionIn(mixedPrecision.modes());
    ModelOptions options = literalGraph ? seeded.literalGraph() : seeded;
    return normalize
        ? options.normalization(UsageException.naming("--normalize", () -> Normalization.of(train)))
        : options;
  }

  /** Returns weights with which all classes count the same, with the few digits of floats. */
  private static double[] balancedWeights(Source train, int classes) {
    ClassCounts counts =
        train.targetShapes().get(0).numDimensions() == 1
            ? ClassCounts.of(train)
            : ClassCounts.ofPixels(train, classes);
    return UsageException.naming(
        "--class-weights",
        () ->
            Arrays.stream(counts.balancedWeights())
                .map(weight -> Double.parseDouble(Float.toString((float) weight)))
                .toArray());
  }
}
