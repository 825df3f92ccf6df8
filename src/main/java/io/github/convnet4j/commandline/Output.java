package io.github.convnet4j.commandline;

import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param out what was asked for, and nothing else
 * @param messages what a user should know besides
 */
record Output(PrintStream out, PrintStream messages) {}
