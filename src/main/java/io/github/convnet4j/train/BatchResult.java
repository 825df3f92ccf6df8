package io.github.convnet4j.train;

/**
 * The result of one training step.
 *
 * @param epoch number of the epoch, from 1, including those of earlier calls
 * @param batch number of the batch within the epoch, from 1
 * @param size number of examples in the batch
 * @param cost mean loss of the batch before the update, plus the weight penalty
 */
public record BatchResult(int epoch, int batch, int size, double cost) {}
