package io.github.convnet4j.commandline;

import io.github.convnet4j.optimizer.Optimizer;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the weights are changed. */
final class OptimizerOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private OptimizerKind kind = OptimizerKind.ADAM;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "its step size (default: 0.001, 0.01 or 1, by optimizer)")
  private Float learningRate;

  float learningRate() {
    return Optional.ofNullable(learningRate).orElse(kind.learningRate());
  }

  Optimizer optimizer() {
    return UsageException.blame("--learning-rate", () -> kind.of(learningRate()));
  }
}
