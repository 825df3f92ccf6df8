package io.github.convnet4j.keras;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.json.JsonFault;
import io.github.convnet4j.keras.LayerCall.Argument;
import io.github.convnet4j.keras.LayerCall.Scalar;
import io.github.convnet4j.keras.LayerCall.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the configuration of a model, in the forms that Keras 2 and Keras 3 write. */
final class ConfigReader {
  /** Enough for some forty models within models. */
  private static final int MOST_NESTING = 300;

  private static final Set<String> MODELS = Set.of("Functional", "Sequential", "Model");

  /** Operators of Keras 2, and their names in Keras 3. */
  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("__operators__.add", "Add"),
          Map.entry("__operators__.radd", "Add"),
          Map.entry("math.add", "Add"),
          Map.entry("math.subtract", "Subtract"),
          Map.entry("__operators__.sub", "Subtract"),
          Map.entry("math.multiply", "Multiply"),
          Map.entry("__operators__.mul", "Multiply"),
          Map.entry("math.truediv", "TrueDivide"),
          Map.entry("math.divide", "TrueDivide"),
          Map.entry("__operators__.truediv", "TrueDivide"),
          Map.entry("math.negative", "Negative"));

  /** Operators that have no layer of the same name; an .h5 file does not say what is one. */
  private static final Set<String> ONLY_OPERATORS = Set.of("TrueDivide", "Divide", "Negative");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_NESTING).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String file;

  private ConfigReader(String file) {
    this.file = file;
  }

  /**
   * Reads a model's configuration.
   *
   * @param file what the file is called in messages
   * @throws DataException if it is not the JSON of a model
   */
  static ModelEntry read(String file, String json) {
    ConfigReader reader = new ConfigReader(file);
    return reader.model(parsed(file, json), "", new HashSet<>());
  }

  /** Parses a document, within limits. */
  static JsonNode parsed(String file, String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s: its configuration is not JSON: %s".formatted(file, JsonFault.message(e)), e);
    }
  }

  private ModelEntry model(JsonNode json, String place, Set<String> places) {
    String className = className(json);
    if (!MODELS.contains(className)) {
      throw new DataException(
          "%s: it must contain a Sequential or Functional model: it contains %s"
              .formatted(file, className.isEmpty() ? "none" : className));
    }
    JsonNode config = json.path("config");
    JsonNode layers = config.isArray() ? config : config.path("layers");
    if (!layers.isArray()) {
      throw damaged("%s has no list of layers".formatted(place.isEmpty() ? "the model" : place));
    }
    List<LayerEntry> entries = new ArrayList<>();
    for (JsonNode layer : layers) {
      entries.add(layer(layer, place, places));
    }
    JsonNode builtFor = json.path("build_config").path("input_shape");
    return new ModelEntry(
        className.equals("Model") ? "Functional" : className,
        className.equals("Sequential"),
        entries,
        tensors(config.path("input_layers")),
        tensors(config.path("output_layers")),
        builtFor.isMissingNode() ? config.path("build_input_shape") : builtFor);
  }

  private LayerEntry layer(JsonNode json, String parent, Set<String> places) {
    String className = className(json);
    JsonNode config = json.path("config");
    String name = json.path("name").asText(config.path("name").asText(""));
    if (className.isEmpty() || name.isEmpty()) {
      throw damaged("a layer has no class or no name");
    }
    String place = parent.isEmpty() ? name : parent + "/" + name;
    if (!places.add(place)) {
      throw damaged("two layers are called " + place);
    }
    boolean lambda = className.equals("TFOpLambda");
    if (lambda) {
      String function = config.path("function").asText();
      className = OPERATORS.getOrDefault(function, "TFOpLambda (%s)".formatted(function));
    }
    List<LayerCall> calls = new ArrayList<>();
    for (JsonNode node : json.path("inbound_nodes")) {
      calls.add(node.isArray() ? keras2Call(node) : keras3Call(node));
    }
    return new LayerEntry(
        className,
        name,
        place,
        config,
        calls,
        MODELS.contains(className) ? Optional.of(model(json, place, places)) : Optional.empty(),
        lambda
            || json.path("module").asText().contains(".ops.")
            || ONLY_OPERATORS.contains(className)
            || calls.stream()
                .anyMatch(call -> call.arguments().stream().anyMatch(Scalar.class::isInstance)));
  }

  /** Returns the name of a class without a package, as in {@code "Custom>Scale"}. */
  private static String className(JsonNode json) {
    String name = json.path("class_name").asText("");
    return name.substring(name.lastIndexOf('>') + 1);
  }

  /** Reads {@code {"args": […], "kwargs": {…}}}. */
  private LayerCall keras3Call(JsonNode node) {
    List<Argument> arguments = new ArrayList<>();
    node.path("args").forEach(argument -> addArgument(argument, arguments));
    JsonNode named = node.path("kwargs");
    for (String name : List.of("inputs", "x", "x1", "x2")) {
      addArgument(named.path(name), arguments);
    }
    return new LayerCall(arguments, isFalse(named.path("training")));
  }

  private void addArgument(JsonNode argument, List<Argument> arguments) {
    if (argument.isArray()) {
      argument.forEach(each -> addArgument(each, arguments));
    } else if (argument.isNumber()) {
      arguments.add(new Scalar(argument.doubleValue()));
    } else if (argument.path("class_name").asText().equals("__keras_tensor__")) {
      arguments.add(tensor(argument.path("config").path("keras_history")));
    } else if (!argument.isNull() && !argument.isMissingNode()) {
      throw damaged("a layer is applied to something other than tensors and numbers");
    }
  }

  /** Reads {@code [["conv2d", 0, 0, {…}], …]}; for a single tensor, there may be no outer list. */
  private LayerCall keras2Call(JsonNode node) {
    List<Argument> arguments = new ArrayList<>();
    boolean inference = false;
    for (JsonNode each : node.path(0).isTextual() ? List.of(node) : node) {
      arguments.add(
          each.path(0).asText().equals("_CONSTANT_VALUE")
              ? new Scalar(number(each.path(2)))
              : tensor(each));
      JsonNode named = each.path(3);
      inference |= isFalse(named.path("training"));
      JsonNode second = named.path("y");
      if (second.isArray()) {
        arguments.add(tensor(second));
      } else if (!second.isMissingNode()) {
        arguments.add(new Scalar(number(second)));
      }
    }
    return new LayerCall(arguments, inference);
  }

  private static boolean isFalse(JsonNode value) {
    return (value.isBoolean() && !value.booleanValue()) || (value.isInt() && value.intValue() == 0);
  }

  private double number(JsonNode value) {
    if (!value.isNumber()) {
      throw damaged("an operator is applied to something other than tensors and numbers");
    }
    return value.doubleValue();
  }

  /** Reads {@code ["name", 0, 0]}, or a list or an object of them. */
  private List<Tensor> tensors(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      return List.of();
    }
    if (json.path(0).isTextual()) {
      return List.of(tensor(json));
    }
    List<Tensor> tensors = new ArrayList<>();
    json.forEach(each -> tensors.addAll(tensors(each)));
    return tensors;
  }

  private Tensor tensor(JsonNode json) {
    if (!json.path(0).isTextual() || !json.path(1).isInt() || !json.path(2).isInt()) {
      throw damaged("a tensor must be given as [layer, call, output]");
    }
    return new Tensor(json.get(0).textValue(), json.get(1).intValue(), json.get(2).intValue());
  }

  private DataException damaged(String what) {
    return new DataException("%s: its configuration is damaged: %s".formatted(file, what));
  }
}
