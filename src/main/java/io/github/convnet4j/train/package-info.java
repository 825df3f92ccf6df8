/**
 * Models: networks, or graphs of your own, that learn a task. They are trained, evaluated, used for
 * predictions, saved and exported. Inputs and outputs are plain arrays. Callers need not know
 * TensorFlow, and have to close only the model itself.
 */
package io.github.convnet4j.train;
