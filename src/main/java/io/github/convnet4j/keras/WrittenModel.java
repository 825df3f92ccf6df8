package io.github.convnet4j.keras;

import io.github.convnet4j.layer.Parameter;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * A Functional model that is to be written.
 *
 * @param model its layers, in Keras' order
 * @param codecs how each layer is written, by its name; there is none for inputs
 * @param shapes what the layers return for one example
 * @param variables the variables of each layer that has some, by its name, in Keras' order
 */
record WrittenModel(
    ModelEntry model,
    Map<String, KerasCodec> codecs,
    Map<LayerCall.Tensor, Shape> shapes,
    Map<String, List<Parameter>> variables) {}
