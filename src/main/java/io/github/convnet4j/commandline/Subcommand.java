package io.github.convnet4j.commandline;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command, with the options that all commands share. */
@Command(
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n")
abstract class Subcommand {
  @Option(
      names = "--stacktrace",
      order = 90,
      description = "also print the stack trace of an error")
  private boolean stacktrace;

  @Option(
      names = {"-h", "--help"},
      order = 91,
      usageHelp = true,
      description = "print this help")
  private boolean help;

  /** Runs the command, and returns the exit code. */
  abstract int run(Output output);

  final boolean wantsHelp() {
    return help;
  }

  final boolean wantsStacktrace() {
    return stacktrace;
  }
}
