package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Numbers in JSON, which has neither NaN nor infinity. */
final class Json {
  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode put(ObjectNode object, String name, double value) {
    return Double.isFinite(value) ? object.put(name, value) : object.putNull(name);
  }

  /** The number that a float's shortest text says, rather than the double that is nearest to it. */
  static ObjectNode put(ObjectNode object, String name, float value) {
    return Float.isFinite(value) ? object.put(name, value) : object.putNull(name);
  }
}
