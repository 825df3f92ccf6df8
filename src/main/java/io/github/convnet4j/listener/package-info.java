/**
 * Ready-made listeners for {@code fit}: progress on a terminal, early stopping, histories on disk,
 * checkpoints, a stop when numbers go wrong.
 */
package io.github.convnet4j.listener;
