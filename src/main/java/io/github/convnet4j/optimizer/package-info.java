/**
 * Optimizers as values, over TensorFlow's own {@code tf.train.apply…} operations.
 *
 * <p>TensorFlow Java's framework has optimizers too. They keep the learning rate as a constant, so
 * that no schedule can be fed; {@code minimize} insists on every variable of the graph; and their
 * Adam, Adamax and Nadam multiply the powers of beta without waiting for the updates. Which comes
 * first is a matter of chance: the first update of Adam is mostly 0.744 of the right one, at times
 * 0.526 or 1.414.
 */
package io.github.convnet4j.optimizer;
