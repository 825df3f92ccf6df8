package io.github.convnet4j.commandline;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One of the commands, with the options that all of them have. */
@Command(
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n")
abstract class Subcommand {
  @Option(names = "--stacktrace", order = 90, description = "print an error's stack trace as well")
  private boolean stacktrace;

  @Option(
      names = {"-h", "--help"},
      order = 91,
      usageHelp = true,
      description = "print this help")
  private boolean help;

  /** Does what was asked for; returns the exit code. */
  abstract int run(Output output);

  final boolean wantsHelp() {
    return help;
  }

  final boolean wantsStacktrace() {
    return stacktrace;
  }
}
