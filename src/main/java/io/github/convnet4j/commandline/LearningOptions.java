package io.github.convnet4j.commandline;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.loss.SoftmaxCrossEntropy;
import io.github.convnet4j.task.Classification;
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
        "transforms: shift=SHARE, rotate=DEGREES, zoom=FROM:TO, shear=DEGREES, flip,"
            + " flip-vertically, brightness=X, contrast=FROM:TO, cutout=PIXELS, noise=X"
      })
  private Augmentation augmentation;

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "the share of each label to spread over all classes, such as 0.1")
  private double labelSmoothing;

  @Option(
      names = "--balance",
      description = "give all classes equal weight in the loss, however many images they have")
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
    FitOptions whole = sized.lastBatch(lastBatch);
    return augmentation == null ? whole : whole.augment(augmentation);
  }

  /** Tries the augmentation on one image, since a transform may not fit its size. */
  void checkAugmentation(DataSet images) {
    if (augmentation != null) {
      UsageException.naming(
          "--augment",
          () ->
              augmentation.apply(
                  images.imageFloats(0),
                  images.height(),
                  images.width(),
                  images.channels(),
                  Augmentation.random(0, 0)));
    }
  }

  /** Returns the task of telling the classes of these images. */
  Classification task(DataSet train, List<String> classNames) {
    SoftmaxCrossEntropy smoothed =
        UsageException.naming(
            "--label-smoothing", () -> Losses.softmaxCrossEntropy().labelSmoothing(labelSmoothing));
    return Tasks.classification(classNames.toArray(String[]::new))
        .loss(balance ? smoothed.classWeights(balancingWeights(train)) : smoothed);
  }

  /** Returns the options of a model that is trained on these images. */
  ModelOptions modelOptions(DataSet train) {
    ModelOptions seeded = ModelOptions.seed(seed);
    ModelOptions options = literalGraph ? seeded.literalGraph() : seeded;
    return normalize
        ? options.normalization(UsageException.naming("--normalize", () -> Normalization.of(train)))
        : options;
  }

  /** Weights each class as if it had the mean number of images; 0 for a class without images. */
  private static double[] balancingWeights(DataSet train) {
    int[] counts = new int[train.classes()];
    Arrays.stream(train.labels()).forEach(label -> counts[label]++);
    double[] weights = new double[counts.length];
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        float weight = (float) train.size() / counts.length / counts[c];
        weights[c] = Double.parseDouble(Float.toString(weight)); // with the float's few digits
      }
    }
    return weights;
  }
}
