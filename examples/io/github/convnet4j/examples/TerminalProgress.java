package io.github.convnet4j.examples;

import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.nativ.CLibrary;
import org.jline.nativ.Kernel32;
import org.jline.utils.OSUtils;

/** A progress bar on standard error while long work runs; nothing when that is no terminal. */
final class TerminalProgress implements AutoCloseable {
  private static final int STANDARD_ERROR = 2;

  private final Optional<ProgressBar> bar;

  private TerminalProgress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /** Starts a bar of so many steps. */
  static TerminalProgress start(String name, long steps, PrintStream messages) {
    if (!standardErrorIsTerminal()) {
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

  /** Whether a line on standard error can be redrawn. */
  static boolean standardErrorIsTerminal() {
    try {
      return OSUtils.IS_WINDOWS
          ? Kernel32.isatty(STANDARD_ERROR) == 1
          : CLibrary.isatty(STANDARD_ERROR) == 1;
    } catch (LinkageError e) {
      // A system that the library does not know: better no bar than one in a log.
      return false;
    }
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
