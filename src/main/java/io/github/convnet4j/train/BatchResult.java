package io.github.convnet4j.train;

/**
 * The result of one training step.
 *
 * @param epoch number of the epoch, from 1, including those of earlier calls
 * @param batch number of the batch within the epoch, from 1
 * @param size number of images in the batch
 * @param correct number of images correctly classified before the update, with dropout active
 * @param cost mean loss of the batch before the update, plus the weight penalty
 */
public record BatchResult(int epoch, int batch, int size, int correct, double cost) {}
