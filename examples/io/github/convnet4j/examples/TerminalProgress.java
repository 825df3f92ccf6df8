package io.github.convnet4j.examples;

import io.github.convnet4j.commandline.Terminal;
import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error while long work runs; nothing when that is no terminal. */
final class TerminalProgress implements AutoCloseable {
  private final Optional<ProgressBar> bar;

  private TerminalProgress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /** Starts a bar of so many steps. */
  static TerminalProgress start(String name, long steps, PrintStream messages) {
    if (!Terminal.showsStandardError()) {
      return new TerminalProgress(Optional.empty());
    }
    return new TerminalProgress(
        Optional.of(
            new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(messages))
                .clearDisplayOnFinish()
                .build()));
  }

  void step() {
    bar.ifPresent(ProgressBar::step);
  }

  void stepTo(long steps) {
    bar.ifPresent(shown -> shown.stepTo(steps));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
