package io.github.convnet4j.examples;

import picocli.CommandLine.Option;

/** The keep probability as an option, with the notebook's value as default. */
final class DropoutOption {
  @Option(
      names = "--keep-prob",
      paramLabel = "X",
      description =
          "the share of values that dropout keeps in training (default: ${DEFAULT-VALUE})")
  private float keepProbability = TrainingSettings.LECTURE.keepProbability();

  float keepProbability() {
    return keepProbability;
  }
}
