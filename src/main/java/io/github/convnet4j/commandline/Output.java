package io.github.convnet4j.commandline;

import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param out the results that were asked for, and nothing else
 * @param messages what else the user should know
 */
record Output(PrintStream out, PrintStream messages) {}
