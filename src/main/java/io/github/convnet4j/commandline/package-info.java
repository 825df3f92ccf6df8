/**
 * The command line: {@code convnet4j train}, {@code evaluate}, {@code predict} and so on.
 *
 * <p>It needs picocli, which is part of the distribution ({@code mvn -Pcommandline package}) but
 * not of the library's jar.
 */
package io.github.convnet4j.commandline;
