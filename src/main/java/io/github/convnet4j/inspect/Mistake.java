package io.github.convnet4j.inspect;

/**
 * An image that was taken for what it is not.
 *
 * @param index of the image in its data set
 * @param label what it is, from 0
 * @param prediction what it was taken for, from 0
 * @param probability of the class that it was taken for, from 0 to 1
 * @param labelProbability of the class that it is of, from 0 to 1
 */
public record Mistake(
    int index, int label, int prediction, float probability, float labelProbability) {}
