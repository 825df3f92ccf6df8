package io.github.convnet4j.commandline;

import io.github.convnet4j.classifier.FitOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/** When to stop before the epochs are done. */
final class LimitOptions {
  @Option(
      names = "--max-time",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "stop training after this time, as 90s, 10m or 1h30m")
  private Duration time;

  @Option(
      names = "--max-steps",
      paramLabel = "N",
      description = "stop training after so many steps")
  private Long steps;

  FitOptions add(FitOptions options) {
    FitOptions timed = time == null ? options : options.stopAfter(time);
    return steps == null
        ? timed
        : UsageException.blame("--max-steps", () -> timed.stopAfterSteps(steps));
  }
}
