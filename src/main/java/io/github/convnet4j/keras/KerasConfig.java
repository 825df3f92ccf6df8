package io.github.convnet4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.convnet4j.layer.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/**
 * The configuration of a Keras layer: what its {@code get_config} returned. A function that makes a
 * Java layer of it is registered with {@link KerasLayers#with}:
 *
 * <pre>{@code
 * KerasLayers.standard().with("Clip", config -> new Clip(config.number("limit")));
 * }</pre>
 *
 * <p>Each method that returns a value throws an exception if there is none of that type; the
 * message of {@link KerasLayers#read} then names the layer and the value.
 */
public final class KerasConfig {
  /** How a configuration names arrays of numbers. */
  private static final Set<String> ARRAYS = Set.of("__numpy__", "__tensor__");

  private final LayerEntry layer;
  private final boolean keras2;
  private final List<Shape> inputs;
  private final StoredWeights weights;
  private final List<String> notes = new ArrayList<>();

  KerasConfig(LayerEntry layer, boolean keras2, List<Shape> inputs, StoredWeights weights) {
    this.layer = layer;
    this.keras2 = keras2;
    this.inputs = List.copyOf(inputs);
    this.weights = weights;
  }

  /** Returns the layer's class, for example {@code "Conv2D"}. */
  public String className() {
    return layer.className();
  }

  /** Returns the layer's name in Keras. */
  public String name() {
    return layer.name();
  }

  /**
   * Returns the shapes of the layer's inputs, of one example; none while the file's layers are only
   * checked.
   */
  public List<Shape> inputShapes() {
    return inputs;
  }

  /** Whether there is a value of this name that is not null. */
  public boolean has(String key) {
    return !value(key).isNull() && !value(key).isMissingNode();
  }

  /** Returns a number. */
  public double number(String key) {
    JsonNode value = value(key);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(key, "a finite number");
    }
    return value.doubleValue();
  }

  /** Returns a number, or a default if there is none. */
  public double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  /** Returns an integer. */
  public int integer(String key) {
    JsonNode value = value(key);
    if (!value.isNumber() || !value.canConvertToInt() || value.intValue() != value.doubleValue()) {
      throw wrong(key, "an integer");
    }
    return value.intValue();
  }

  /** Returns an integer, or a default if there is none. */
  public int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  /** Returns true or false, or a default if there is none. */
  public boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!value(key).isBoolean()) {
      throw wrong(key, "true or false");
    }
    return value(key).booleanValue();
  }

  /** Returns a text. */
  public String text(String key) {
    if (!value(key).isTextual()) {
      throw wrong(key, "a text");
    }
    return value(key).textValue();
  }

  /** Returns a text, or a default if there is none. */
  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** Returns a list of integers; a single one is a list, too. */
  public List<Integer> integers(String key) {
    return integers(key, value(key));
  }

  /**
   * Returns a list of numbers, at least one, at any depth of nested lists; a single one is a list,
   * too.
   */
  public List<Double> numbers(String key) {
    List<Double> numbers = new ArrayList<>();
    addNumbers(key, value(key), numbers);
    if (numbers.isEmpty()) {
      throw wrong(key, "numbers");
    }
    return numbers;
  }

  private void addNumbers(String key, JsonNode value, List<Double> numbers) {
    if (value.isArray()) {
      value.forEach(element -> addNumbers(key, element, numbers));
    } else if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      numbers.add(value.doubleValue());
    } else {
      throw wrong(key, "numbers");
    }
  }

  private List<Integer> integers(String key, JsonNode value) {
    List<Integer> integers = new ArrayList<>();
    for (JsonNode each : value.isArray() ? value : List.of(value)) {
      if (!each.isIntegralNumber() || !each.canConvertToInt()) {
        throw wrong(key, "integers");
      }
      integers.add(each.intValue());
    }
    return integers;
  }

  /** Returns two integers, for rows and columns; a single one counts for both. */
  List<Integer> pair(String key) {
    List<Integer> pair = integers(key);
    if (pair.isEmpty() || pair.size() > 2) {
      throw wrong(key, "one or two integers");
    }
    return List.of(pair.get(0), pair.get(pair.size() - 1));
  }

  /** Returns the widths at the four edges: top, bottom, left, right. */
  List<Integer> edges(String key) {
    JsonNode value = value(key);
    if (!value.isArray()) {
      int width = integers(key).get(0);
      return List.of(width, width, width, width);
    }
    if (value.size() != 2) {
      throw wrong(key, "an integer, two integers or two pairs of integers");
    }
    List<Integer> edges = new ArrayList<>();
    for (JsonNode direction : value) {
      List<Integer> both = integers(key, direction);
      if (both.isEmpty() || both.size() > 2) {
        throw wrong(key, "an integer, two integers or two pairs of integers");
      }
      edges.add(both.get(0));
      edges.add(both.get(both.size() - 1));
    }
    return edges;
  }

  /** Returns the activation that {@code activation} names; linear if there is none. */
  public Activation activation() {
    return KerasActivations.of(value("activation"), keras2);
  }

  /** Returns an exception that says why this layer cannot be read. */
  RuntimeException unsupported(String reason) {
    return new UnsupportedException(reason);
  }

  /** Requires the value that Keras has by default, because this library has nothing else. */
  void requireDefault(String key, Object expected) {
    if (has(key) && !value(key).asText().equals(String.valueOf(expected))) {
      throw new UnsupportedException("%s %s".formatted(key, brief(value(key))));
    }
  }

  /** Adds a sentence about something that is left out; it goes after the layer's name. */
  void note(String note) {
    notes.add(note);
  }

  /** Returns the sentences about what was left out. */
  List<String> notes() {
    return notes;
  }

  /** Whether the file is of Keras 1 or 2, where some defaults were others. */
  boolean keras2() {
    return keras2;
  }

  /** Returns a value as it stands in the file; of an array of NumPy, its numbers. */
  JsonNode value(String key) {
    JsonNode value = layer.config().path(key);
    return ARRAYS.contains(value.path("class_name").asText())
        ? value.path("config").path("value")
        : value;
  }

  /** Returns the values of one of the layer's variables, if the file has them. */
  Optional<StoredArray> variable(int index) {
    List<StoredArray> variables = weights.of(layer);
    return index < variables.size() ? Optional.of(variables.get(index)) : Optional.empty();
  }

  private UnsupportedException wrong(String key, String expected) {
    return new UnsupportedException(
        "%s must be %s: %s"
            .formatted(key, expected, has(key) ? brief(value(key)) : "there is none"));
  }

  private static String brief(JsonNode value) {
    String text = value.isTextual() ? value.textValue() : value.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
