package io.github.convnet4j.commandline;

import io.github.convnet4j.train.SessionOptions;
import picocli.CommandLine.Option;

/** The option of commands that compute with a saved model. */
final class PrecisionOption {
  /** For commands that only read a model, on which mixed precision has no effect. */
  static final SessionOptions FULL = SessionOptions.standard().fullPrecision();

  @Option(
      names = "--full-precision",
      description =
          "compute everything in float32, even if the model was trained with --mixed-precision,"
              + " which is slower on processors without AMX; the saved model stays as it is")
  private boolean fullPrecision;

  SessionOptions session() {
    return fullPrecision ? FULL : SessionOptions.standard();
  }
}
