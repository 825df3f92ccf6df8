package io.github.convnet4j.commandline;

import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.schedule.Schedule;
import io.github.convnet4j.schedule.Schedules;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that choose the optimizer and its learning rate. */
final class OptimizerOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private OptimizerKind kind = OptimizerKind.ADAM;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "the step size (default: 0.001, 0.01 or 1, depending on the optimizer)")
  private Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      converter = ScheduleText.Converter.class,
      description =
          "how the learning rate changes over the epochs: constant, cosine (falls to 0), one-cycle"
              + " (rises, then falls), exponential=0.95 (multiplied by 0.95 each epoch),"
              + " step=0.5:10 (multiplied by 0.5 every 10 epochs)")
  private ScheduleText schedule;

  @Option(
      names = "--warm-up",
      paramLabel = "EPOCHS",
      description = "raise the learning rate from 0 over this many epochs first, such as 1 or 0.5")
  private Double warmUp;

  @Option(
      names = "--clip",
      paramLabel = "X",
      description = "limit the norm of all gradients together to X, such as 1")
  private Double clip;

  private double learningRate() {
    return Optional.ofNullable(learningRate).orElse(kind.learningRate());
  }

  Optimizer optimizer() {
    Optimizer plain = UsageException.naming("--learning-rate", () -> kind.of(learningRate()));
    return clip == null
        ? plain
        : UsageException.naming("--clip", () -> plain.clipByGlobalNorm(clip));
  }

  /** Returns the schedule of the learning rate, if it is not constant. */
  Optional<Schedule> schedule() {
    if (schedule == null && warmUp == null) {
      return Optional.empty();
    }
    ScheduleText text = Optional.ofNullable(schedule).orElse(Schedules::constant);
    float highest = (float) learningRate(); // rounded, as the optimizer's own rate is
    Schedule rates = UsageException.naming("--learning-rate", () -> text.of(highest));
    return Optional.of(
        warmUp == null ? rates : UsageException.naming("--warm-up", () -> rates.warmUp(warmUp)));
  }
}
