package io.github.convnet4j.commandline;

/** The exit codes of the commands. */
final class ExitCode {
  static final int OK = 0;

  /** A bug in the program. */
  static final int FAULT = 1;

  /** A user's mistake, reported in one sentence. */
  static final int USAGE = 2;

  /** Interrupted by Ctrl-C: 128 plus the signal's number, as in a shell. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
