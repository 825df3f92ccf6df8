/**
 * The library from a shell: {@code convnet4j train}, {@code evaluate}, {@code predict} and so on.
 *
 * <p>It needs picocli, which comes with the distribution ({@code mvn -Pcommandline package}) but
 * not with the library's jar.
 */
package io.github.convnet4j.commandline;
