/**
 * Optimizers as values, based on TensorFlow's own {@code tf.train.apply…} operations.
 *
 * <p>The framework module of TensorFlow Java has optimizers, too, but with three problems. The
 * learning rate is a constant, so a schedule cannot change it. {@code minimize} requires that the
 * loss depends on every variable of the graph. And Adam, Adamax and Nadam multiply the powers of
 * beta without waiting for the updates, which is a race: Adam's first update is usually 0.744 of
 * the correct one, sometimes 0.526 or 1.414.
 *
 * <p>{@link io.github.convnet4j.optimizer.StepBuilder} builds the steps of all optimizers here, and
 * of your own.
 */
package io.github.convnet4j.optimizer;
