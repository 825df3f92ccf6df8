package io.github.convnet4j.inspect;

/**
 * A misclassified image.
 *
 * @param index the image's index in its data set
 * @param label its class, from 0
 * @param prediction its predicted class, from 0
 * @param probability the probability of the predicted class, from 0 to 1
 * @param labelProbability the probability of its own class, from 0 to 1
 */
public record Mistake(
    int index, int label, int prediction, float probability, float labelProbability) {}
