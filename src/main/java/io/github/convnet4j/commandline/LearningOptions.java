package io.github.convnet4j.commandline;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Metric;
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
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code train} that say how the network learns. */
final class LearningOptions {
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
              + " gives the same model (default: ${DEFAULT-VALUE})")
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
      names = "--balance",
      description =
          "give all classes equal weight in the loss, however many images or pixels they have")
  private boolean balance;

  @Option(
      names = "--literal-graph",
      description =
          "build the graph exactly as the network describes it, without the rewrites that speed it"
              + " up and leave its results the same")
  private boolean literalGraph;

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
    if (augmentation != null && augmentation.mixes() && !kind.mixesTargets()) {
      throw new UsageException(
          "--augment: mixup and cutmix are for classification and multi-label, not for " + kind);
    }
    if (!kind.hasClasses()) {
      String message = "%s is for classification and segmentation, not for " + kind;
      if (balance) {
        throw new UsageException(message.formatted("--balance"));
      }
      if (labelSmoothing != 0) {
        throw new UsageException(message.formatted("--label-smoothing"));
      }
    }
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
    return balance ? smoothed.classWeights(balancingWeights(train, classes)) : smoothed;
  }

  /** Returns the options of a model that is trained on these images. */
  ModelOptions modelOptions(Source train) {
    ModelOptions seeded = ModelOptions.seed(seed);
    ModelOptions options = literalGraph ? seeded.literalGraph() : seeded;
    return normalize
        ? options.normalization(UsageException.naming("--normalize", () -> Normalization.of(train)))
        : options;
  }

  /**
   * Weights each class as if it had the mean number of images, or of pixels; 0 for a class without
   * any.
   */
  private static double[] balancingWeights(Source train, int classes) {
    long[] counts = train instanceof DataSet images ? images(images) : pixels(train, classes);
    long total = Arrays.stream(counts).sum();
    double[] weights = new double[counts.length];
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        float weight = (float) total / counts.length / counts[c];
        weights[c] = Double.parseDouble(Float.toString(weight)); // with the float's few digits
      }
    }
    return weights;
  }

  private static long[] images(DataSet images) {
    return Arrays.stream(images.imagesPerClass()).asLongStream().toArray();
  }

  private static long[] pixels(Source masks, int classes) {
    long[] counts = new long[classes];
    EachTarget.of(
        masks,
        target -> {
          for (float number : target) {
            if (number < classes) {
              counts[(int) number]++;
            }
          }
        });
    return counts;
  }
}
