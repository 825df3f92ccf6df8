package io.github.convnet4j.commandline;

import io.github.convnet4j.train.FitOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Limits that end training before the last epoch. */
final class LimitOptions {
  @Option(
      names = "--max-time",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "stop training after this time, such as 90s, 10m or 1h30m")
  private Duration time;

  @Option(
      names = "--max-steps",
      paramLabel = "N",
      description = "stop training after this many steps")
  private Long steps;

  FitOptions add(FitOptions options) {
    FitOptions timed = time == null ? options : options.stopAfter(time);
    return steps == null
        ? timed
        : UsageException.naming("--max-steps", () -> timed.stopAfterSteps(steps));
  }
}
