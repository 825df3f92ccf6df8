package io.github.convnet4j.examples;

import picocli.CommandLine.Option;

/** The options for the settings of a training run. */
class TrainingOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "passes over the training images (default: ${DEFAULT-VALUE})")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "images per step (default: ${DEFAULT-VALUE})")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Adam's step size (default: ${DEFAULT-VALUE})")
  private double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "seed for the weights, dropout and the order of the images (default: ${DEFAULT-VALUE})")
  private int seed;

  private final TrainingSettings defaults;

  /** Creates options with these values as defaults. */
  TrainingOptions(TrainingSettings defaults) {
    this.defaults = defaults;
    epochs = defaults.epochs();
    batchSize = defaults.batchSize();
    learningRate = defaults.learningRate();
    seed = defaults.seed();
  }

  /**
   * Returns the settings that the user chose.
   *
   * @throws UsageException if a value is out of range
   */
  TrainingSettings settings() {
    return new TrainingSettings(epochs, batchSize, learningRate, keepProbability(), seed);
  }

  float keepProbability() {
    return defaults.keepProbability();
  }

  /** The same options and dropout's keep probability. */
  static final class WithDropout extends TrainingOptions {
    @Option(
        names = "--keep-prob",
        paramLabel = "X",
        description =
            "the share of values that dropout keeps in training (default: ${DEFAULT-VALUE})")
    private float keepProbability;

    WithDropout(TrainingSettings defaults) {
      super(defaults);
      keepProbability = defaults.keepProbability();
    }

    @Override
    float keepProbability() {
      return keepProbability;
    }
  }
}
