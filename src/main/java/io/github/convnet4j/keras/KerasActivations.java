package io.github.convnet4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.Layers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keras' names of activation functions. */
final class KerasActivations {
  /** In Keras 3, the slope of the function {@code leaky_relu}. */
  private static final double LEAKY_SLOPE = 0.2;

  /** A function with several names has the one that Keras 3 writes first. */
  private static final Map<String, Activation> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("linear", Layers.linear());
    NAMES.put("relu", Layers.relu());
    NAMES.put("relu6", Layers.relu6());
    NAMES.put("leaky_relu", Layers.leakyRelu(LEAKY_SLOPE));
    NAMES.put("elu", Layers.elu());
    NAMES.put("gelu", Layers.gelu());
    NAMES.put("silu", Layers.silu());
    NAMES.put("swish", Layers.silu());
    NAMES.put("hard_silu", Layers.hardSwish());
    NAMES.put("hard_swish", Layers.hardSwish());
    NAMES.put("hard_sigmoid", Layers.hardSigmoid());
    NAMES.put("sigmoid", Layers.sigmoid());
    NAMES.put("softplus", Layers.softplus());
    NAMES.put("softmax", Layers.softmax());
    NAMES.put("tanh", Layers.tanh());
  }

  private KerasActivations() {}

  /**
   * Returns the activation that a configuration names.
   *
   * @param value a name, an object with the name of a function, or nothing
   */
  static Activation of(JsonNode value, boolean keras2) {
    if (value.isNull() || value.isMissingNode()) {
      return Layers.linear();
    }
    String name = name(value);
    Activation activation = NAMES.get(name);
    if (activation == null) {
      throw new UnsupportedException("the activation " + (name.isEmpty() ? value : name));
    }
    if (keras2 && name.equals("hard_sigmoid")) {
      throw new UnsupportedException(
          "the activation hard_sigmoid of Keras 2, which has another slope than that of Keras 3");
    }
    return activation;
  }

  /** Returns the name that Keras 3 writes; empty if it has none for the function. */
  static Optional<String> name(Activation activation) {
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(activation))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String name(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    JsonNode config = value.path("config");
    return value.path("class_name").asText().equals("function") && config.isTextual()
        ? config.textValue()
        : "";
  }
}
