package io.github.convnet4j.examples;

import picocli.CommandLine.Option;

/** The settings of a training run as options. */
class TrainingOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "how often every image is seen (default: ${DEFAULT-VALUE})")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "images in each step (default: ${DEFAULT-VALUE})")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Adam's step size (default: ${DEFAULT-VALUE})")
  private float learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "for weights, dropout and the images' order (default: ${DEFAULT-VALUE})")
  private int seed;

  private final TrainingSettings defaults;

  /** Options with these values as defaults. */
  TrainingOptions(TrainingSettings defaults) {
    this.defaults = defaults;
    epochs = defaults.epochs();
    batchSize = defaults.batchSize();
    learningRate = defaults.learningRate();
    seed = defaults.seed();
  }

  /**
   * What was asked for.
   *
   * @throws UsageException if a value is out of its range
   */
  TrainingSettings settings() {
    return new TrainingSettings(epochs, batchSize, learningRate, keepProbability(), seed);
  }

  float keepProbability() {
    return defaults.keepProbability();
  }

  /** The same, with dropout's keep probability as an option. */
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
