package io.github.convnet4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A layer in the configuration of a model.
 *
 * @param className its class, without a package
 * @param name its name, unique in its model
 * @param place the names of the models that contain it, and its own, with slashes between them;
 *     unique in the file
 * @param config its own configuration
 * @param calls where it is applied; none in a Sequential, where it is applied to the layer before
 *     it
 * @param model what it contains, if it is a model
 * @param operator whether it is an operation such as {@code x + 1}, which has no place in the list
 *     of weights
 */
record LayerEntry(
    String className,
    String name,
    String place,
    JsonNode config,
    List<LayerCall> calls,
    Optional<ModelEntry> model,
    boolean operator) {

  static final String INPUT = "InputLayer";

  boolean isInput() {
    return className.equals(INPUT);
  }

  /** Whether Keras trains it. */
  boolean trainable() {
    return config.path("trainable").asBoolean(true);
  }

  /** Describes it for messages: {@code LSTM "lstm_1" in "encoder"}. */
  String description() {
    int end = place.lastIndexOf('/');
    String where = end < 0 ? "" : " in \"%s\"".formatted(place.substring(0, end));
    return "%s \"%s\"%s".formatted(className, name, where);
  }
}
