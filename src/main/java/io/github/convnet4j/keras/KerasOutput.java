package io.github.convnet4j.keras;

import io.github.convnet4j.layer.Activation;
import org.tensorflow.ndarray.Shape;

/**
 * An output of a Keras model.
 *
 * @param name the name of the layer that computes it, and of the network's output
 * @param shape of one example, for example {@code [1000]}
 * @param activation what Keras applies last: softmax or sigmoid, which {@link KerasModel#network}
 *     leaves to the task; linear if there is neither
 */
public record KerasOutput(String name, Shape shape, Activation activation) {}
