/**
 * Pictures as the lecture's notebooks make them with matplotlib: {@code imshow} in a figure of one
 * or more subplots, shown in a window or written as a PNG. Knows arrays only, no other package of
 * the project.
 */
package io.github.convnet4j.examples.plot;
