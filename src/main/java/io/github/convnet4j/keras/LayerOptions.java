package io.github.convnet4j.keras;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Padding;
import io.github.convnet4j.layer.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** The options of a Keras layer that is being written: what its constructor takes. */
final class LayerOptions {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<Shape> inputs;
  private final ObjectNode config = MAPPER.createObjectNode();
  private Optional<Activation> following = Optional.empty();
  private boolean inference;

  /**
   * Creates options.
   *
   * @param name the layer's name in Keras
   * @param inputs the shapes of its inputs, of one example
   */
  LayerOptions(String name, List<Shape> inputs) {
    this.inputs = List.copyOf(inputs);
    config.put("name", name).put("dtype", "float32");
  }

  /** Returns the number of channels of the first input, its last dimension. */
  long channels() {
    Shape first = inputs.get(0);
    return first.get(first.numDimensions() - 1);
  }

  /** Returns the number of dimensions of the first input. */
  int rank() {
    return inputs.get(0).numDimensions();
  }

  /**
   * Sets an option.
   *
   * @param value a number, a text, true or false, a list or a map of them, or null in a list
   */
  LayerOptions put(String key, Object value) {
    config.set(key, MAPPER.valueToTree(value));
    return this;
  }

  /**
   * Sets the activation. If Keras has no name for the function, it becomes a layer after this one.
   */
  LayerOptions activation(Activation activation) {
    Optional<String> name = KerasActivations.name(activation);
    following = name.isPresent() ? Optional.empty() : Optional.of(activation);
    return put("activation", name.or(() -> KerasActivations.name(Layers.linear())).orElseThrow());
  }

  /** Adds an L2 penalty, if there is one. */
  LayerOptions l2(String key, double factor) {
    return factor == 0
        ? this
        : put(
            key,
            Map.of(
                "module",
                "keras.regularizers",
                "class_name",
                "L2",
                "config",
                Map.of("l2", factor)));
  }

  /** Sets stride and padding of a window; its size has different keys. */
  LayerOptions window(String sizeKey, Window window) {
    return put(sizeKey, List.of(window.height(), window.width()))
        .put("strides", List.of(window.strideHeight(), window.strideWidth()))
        .put("padding", window.padding() == Padding.SAME ? "same" : "valid");
  }

  /** Lets the layer compute what it does in inference even while the model is trained. */
  LayerOptions inInference() {
    inference = true;
    return this;
  }

  /** Freezes the layer. */
  void freeze() {
    config.put("trainable", false);
  }

  ObjectNode config() {
    return config;
  }

  /** Returns an activation that must be a layer after this one. */
  Optional<Activation> following() {
    return following;
  }

  boolean inference() {
    return inference;
  }
}
