package io.github.convnet4j.examples;

import io.github.convnet4j.commandline.Terminal;
import io.github.convnet4j.examples.plot.PlotTarget;
import io.github.convnet4j.examples.plot.Plots;
import io.github.convnet4j.natives.NativeTensorFlow;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One program of the lecture, with the options that all of them share. */
@Command(
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n")
abstract class Example {
  @Option(
      names = "--plots",
      paramLabel = "auto|window|file|none",
      description =
          "where pictures go; auto is a window if there is a display, otherwise a PNG file"
              + " (default: ${DEFAULT-VALUE})")
  private PlotTarget plots = PlotTarget.AUTO;

  @Option(
      names = "--plots-folder",
      paramLabel = "DIR",
      description = "where PNG files go (default: ${DEFAULT-VALUE})")
  private Path plotsFolder = Path.of("target", "plots");

  @Option(names = "--stacktrace", description = "also print the stack trace of an error")
  private boolean stacktrace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this help")
  private boolean help;

  /**
   * Checks the options and reads the data, so that mistakes are reported before TensorFlow is
   * loaded. Returns the work that prints and draws what the notebook does.
   */
  abstract Runnable prepare(Console console);

  /** Runs the example as from a shell, and exits the JVM with its exit code if that is not 0. */
  final void launch(String... args) {
    Examples.launch(getClass(), args);
  }

  /** Runs the example with the given options, and waits until its windows are closed. */
  final void execute(PrintStream out, PrintStream messages) {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    // TensorFlow Java numbers operations (Const_1) in this locale, which may use other digits.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    try {
      Console console =
          Console.of(out, messages, Plots.to(plots, plotsFolder, messages::println))
              .onTerminal(Terminal.showsStandardError());
      Runnable work = prepare(console);
      NativeTensorFlow.load();
      work.run();
      out.flush();
      console.plots().awaitClosed();
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  final boolean wantsHelp() {
    return help;
  }

  final boolean wantsStacktrace() {
    return stacktrace;
  }
}
