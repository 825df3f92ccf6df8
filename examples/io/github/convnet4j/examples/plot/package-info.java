/**
 * Pictures like those that the lecture's notebooks draw with matplotlib: {@code imshow} in a figure
 * of one or more subplots, shown in a window or written as a PNG file. It uses only arrays, and no
 * other package of the project.
 */
package io.github.convnet4j.examples.plot;
