/**
 * Optimizers as values, over TensorFlow's own {@code tf.train.apply…} operations.
 *
 * <p>TensorFlow Java's framework has optimizers too. They keep the learning rate as a constant, so
 * that no schedule can be fed; they train every variable of the graph or none; and their Adam,
 * Adamax and Nadam multiply the powers of beta without waiting for the updates, which makes the
 * first update of Adam 0.744 of the right one.
 */
package io.github.convnet4j.optimizer;
