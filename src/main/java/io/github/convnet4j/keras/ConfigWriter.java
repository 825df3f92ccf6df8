package io.github.convnet4j.keras;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.keras.LayerCall.Argument;
import io.github.convnet4j.keras.LayerCall.Tensor;
import io.github.convnet4j.layer.Merge;
import java.util.List;

/** Writes the configuration of a Functional model, in the form of Keras 3. */
final class ConfigWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String FUNCTIONAL = "Functional";

  private final WrittenModel written;

  private ConfigWriter(WrittenModel written) {
    this.written = written;
  }

  /** Returns the JSON of a model. */
  static String write(WrittenModel model) {
    return new ConfigWriter(model).model().toString();
  }

  private ObjectNode model() {
    ObjectNode json = object("keras.src.models.functional", FUNCTIONAL, FUNCTIONAL);
    ObjectNode config = json.putObject("config").put("name", "functional").put("trainable", true);
    ArrayNode layers = config.putArray("layers");
    written.model().layers().forEach(layer -> layers.add(layer(layer)));
    config.set("input_layers", tensors(written.model().inputs()));
    config.set("output_layers", tensors(written.model().outputs()));
    return json;
  }

  /** Returns {@code {module, class_name, registered_name}}; empty texts become null. */
  private static ObjectNode object(String module, String className, String registeredName) {
    ObjectNode json = JSON.objectNode();
    json.set("module", module.isEmpty() ? JSON.nullNode() : JSON.textNode(module));
    json.put("class_name", className);
    json.set(
        "registered_name",
        registeredName.isEmpty() ? JSON.nullNode() : JSON.textNode(registeredName));
    return json;
  }

  private ObjectNode layer(LayerEntry layer) {
    KerasCodec codec = written.codecs().get(layer.name());
    ObjectNode json =
        codec == null
            ? object("keras.layers", layer.className(), "")
            : object(codec.module(), layer.className(), codec.registeredName());
    json.set("config", layer.config());
    json.put("name", layer.name());
    ArrayNode calls = json.putArray("inbound_nodes");
    boolean merge = codec != null && Merge.class.isAssignableFrom(codec.type());
    layer.calls().forEach(call -> calls.add(call(call, merge)));
    return json;
  }

  private ObjectNode call(LayerCall call, boolean merge) {
    ObjectNode json = JSON.objectNode();
    ArrayNode arguments = json.putArray("args");
    // A merge takes a single argument, which is a list.
    ArrayNode tensors = merge ? arguments.addArray() : arguments;
    for (Argument argument : call.arguments()) {
      if (argument instanceof Tensor tensor) {
        tensors.add(tensor(tensor));
      }
    }
    ObjectNode named = json.putObject("kwargs");
    if (call.inference()) {
      named.put("training", false);
    }
    return json;
  }

  private ObjectNode tensor(Tensor tensor) {
    ObjectNode json = JSON.objectNode().put("class_name", "__keras_tensor__");
    ObjectNode config = json.putObject("config");
    ArrayNode shape = config.putArray("shape").addNull();
    for (long size : written.shapes().get(tensor).asArray()) {
      shape.add(size);
    }
    config.put("dtype", "float32");
    config.set("keras_history", history(tensor));
    return json;
  }

  /** Always a list of lists: all versions of Keras 3 read it, also for a single tensor. */
  private static ArrayNode tensors(List<Tensor> tensors) {
    ArrayNode json = JSON.arrayNode();
    tensors.forEach(tensor -> json.add(history(tensor)));
    return json;
  }

  private static ArrayNode history(Tensor tensor) {
    return JSON.arrayNode().add(tensor.layer()).add(tensor.call()).add(tensor.output());
  }
}
