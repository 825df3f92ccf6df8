package io.github.convnet4j.classifier;

/**
 * One step of training, done.
 *
 * @param epoch from 1, counted over all of the classifier's training
 * @param batch from 1, within the epoch
 * @param size images in it
 * @param correct images told rightly before the step, with dropout on
 * @param cost the loss before the step, its mean over the batch, with the penalty on weights
 */
public record BatchResult(int epoch, int batch, int size, int correct, double cost) {}
