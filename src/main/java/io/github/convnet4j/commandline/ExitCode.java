package io.github.convnet4j.commandline;

/** What a command ends with. */
final class ExitCode {
  static final int OK = 0;

  /** A fault of the program's own. */
  static final int FAULT = 1;

  /** A user's mistake, told in one sentence. */
  static final int USAGE = 2;

  /** Cut off by Ctrl-C, as a shell counts it: 128 and the signal's number. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
