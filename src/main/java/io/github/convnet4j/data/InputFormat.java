package io.github.convnet4j.data;

/**
 * How inputs were made from files: for pictures, their size, colors, inversion and so on. A model
 * remembers the format of the examples that it was trained on, and converts the files that it
 * predicts for in the same way.
 *
 * <p>Two formats that convert files in the same way are equal.
 */
public interface InputFormat {}
