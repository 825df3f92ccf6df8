package io.github.convnet4j.examples;

import picocli.CommandLine.Option;

/** Whether to print what the slides add to the notebook by hand, to check it. */
final class MoreOption {
  @Option(
      names = "--more",
      description = "print what the slides add by hand as well: tensors and parts of arrays")
  private boolean wanted;

  /** The console, with {@link Console#printMore} on if the option was given. */
  Console on(Console console) {
    return console.withMore(wanted);
  }
}
