package io.github.convnet4j.commandline;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.classifier.ClassifierOptions;
import io.github.convnet4j.classifier.FitOptions;
import io.github.convnet4j.classifier.FitOptions.LastBatch;
import io.github.convnet4j.classifier.Normalization;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.loss.SoftmaxCrossEntropy;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** How long to train, in what portions, and for what. */
final class LearningOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "how often every image is seen (default: ${DEFAULT-VALUE})")
  private int epochs = 10;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "images a step (default: ${DEFAULT-VALUE})")
  private int batchSize = 32;

  @Option(
      names = "--last-batch",
      paramLabel = "CHOICE",
      description =
          "what becomes of the last images of an epoch where they do not fill a batch: short (they"
              + " are a smaller batch), drop, or carry_over to the next epoch (default: short)")
  private LastBatch lastBatch = LastBatch.SHORT;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "for weights, dropout, augmentation and the images' order: the same seed gives the same"
              + " model (default: ${DEFAULT-VALUE})")
  private int seed = 1;

  @Option(
      names = "--normalize",
      description =
          "give the network pixels of mean 0 and standard deviation 1 over the training images,"
              + " rather than from 0 to 1")
  private boolean normalize;

  @Option(
      names = "--augment",
      paramLabel = "LIST",
      converter = AugmentationText.class,
      description = {
        "change each image at random each time, as " + AugmentationText.EXAMPLE,
        "shift=SHARE, rotate=DEGREES, zoom=FROM:TO, shear=DEGREES, flip, flip-vertically,"
            + " brightness=X, contrast=FROM:TO, cutout=PIXELS, noise=X"
      })
  private Augmentation augmentation;

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "the share of each label that is spread over all classes, as 0.1")
  private float labelSmoothing;

  @Option(
      names = "--balance",
      description = "let all classes count alike, however many images they have")
  private boolean balance;

  @Option(
      names = "--literal-graph",
      description =
          "build the graph as the network says, without the rewrites that make it faster at the"
              + " same function")
  private boolean literalGraph;

  FitOptions fitOptions() {
    FitOptions options = UsageException.blame("--epochs", () -> FitOptions.upTo(epochs));
    FitOptions sized = UsageException.blame("--batch-size", () -> options.batchSize(batchSize));
    FitOptions whole = sized.lastBatch(lastBatch);
    return augmentation == null ? whole : whole.augment(augmentation);
  }

  /** Tries the augmentation on an image, which a transform may not fit. */
  void checkAugmentation(DataSet images) {
    if (augmentation != null) {
      UsageException.blame(
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

  /** The options of a classifier that learns from these images. */
  ClassifierOptions classifierOptions(DataSet train, List<String> classNames) {
    SoftmaxCrossEntropy smoothed =
        UsageException.blame(
            "--label-smoothing", () -> Losses.softmaxCrossEntropy().labelSmoothing(labelSmoothing));
    ClassifierOptions seeded = ClassifierOptions.defaults().seed(seed);
    ClassifierOptions options =
        (literalGraph ? seeded.literalGraph() : seeded)
            .loss(balance ? smoothed.classWeights(balancing(train)) : smoothed)
            .classNames(classNames.toArray(String[]::new));
    return normalize
        ? options.normalization(UsageException.blame("--normalize", () -> Normalization.of(train)))
        : options;
  }

  /** Weights by which each class counts as if it had the mean number of images; 0 for none. */
  private static float[] balancing(DataSet train) {
    int[] counts = new int[train.classes()];
    Arrays.stream(train.labels()).forEach(label -> counts[label]++);
    float[] weights = new float[counts.length];
    for (int c = 0; c < counts.length; c++) {
      weights[c] = counts[c] == 0 ? 0 : (float) train.size() / counts.length / counts[c];
    }
    return weights;
  }
}
