/**
 * Listeners for {@code fit}: a progress bar, early stopping, learning rate reduction, history
 * files, checkpoints, and a stop on NaN.
 */
package io.github.convnet4j.listener;
