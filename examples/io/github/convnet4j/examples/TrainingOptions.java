package io.github.convnet4j.examples;

import picocli.CommandLine.Option;

/** The training's settings as options. */
final class TrainingOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "how often every image is seen (default: ${DEFAULT-VALUE})")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "images a step (default: ${DEFAULT-VALUE})")
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

  /** With the notebooks' values as defaults. */
  TrainingOptions() {
    this(TrainingSettings.LECTURE);
  }

  /** With defaults of the example's own. */
  TrainingOptions(TrainingSettings defaults) {
    epochs = defaults.epochs();
    batchSize = defaults.batchSize();
    learningRate = defaults.learningRate();
    seed = defaults.seed();
  }

  TrainingSettings settings(float keepProbability) {
    return new TrainingSettings(epochs, batchSize, learningRate, keepProbability, seed);
  }
}
