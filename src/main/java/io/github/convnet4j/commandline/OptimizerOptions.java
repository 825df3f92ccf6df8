package io.github.convnet4j.commandline;

import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.schedule.Schedule;
import io.github.convnet4j.schedule.Schedules;
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

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      converter = ScheduleText.Converter.class,
      description =
          "how the learning rate changes over all epochs: constant, cosine (falls to 0), one-cycle"
              + " (rises, then falls), exponential=0.95 (times so much each epoch), step=0.5:10"
              + " (times so much every 10 epochs)")
  private ScheduleText schedule;

  @Option(
      names = "--warm-up",
      paramLabel = "EPOCHS",
      description = "let the learning rate rise for so long first, as 1 or 0.5")
  private Double warmUp;

  @Option(
      names = "--clip",
      paramLabel = "X",
      description = "scale all gradients down together to a norm of at most X, as 1")
  private Float clip;

  private float learningRate() {
    return Optional.ofNullable(learningRate).orElse(kind.learningRate());
  }

  Optimizer optimizer() {
    Optimizer plain = UsageException.blame("--learning-rate", () -> kind.of(learningRate()));
    return clip == null
        ? plain
        : UsageException.blame("--clip", () -> plain.clipByGlobalNorm(clip));
  }

  /** The learning rates, if they are not the same at all times. */
  Optional<Schedule> schedule() {
    if (schedule == null && warmUp == null) {
      return Optional.empty();
    }
    ScheduleText text = Optional.ofNullable(schedule).orElse(Schedules::constant);
    Schedule rates = UsageException.blame("--learning-rate", () -> text.of(learningRate()));
    return Optional.of(
        warmUp == null ? rates : UsageException.blame("--warm-up", () -> rates.warmUp(warmUp)));
  }
}
