package io.github.convnet4j.examples;

import picocli.CommandLine.Option;

/** The option to print what the slides add to the notebook as a check. */
final class MoreOption {
  @Option(
      names = "--more",
      description = "also print what the slides add to the notebook: tensors and parts of arrays")
  private boolean wanted;

  /** Returns the console, with {@link Console#printMore} on if the option was given. */
  Console on(Console console) {
    return console.withMore(wanted);
  }
}
