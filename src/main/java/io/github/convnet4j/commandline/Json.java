package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts numbers into JSON, which has neither NaN nor infinity: they become null. */
final class Json {
  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode put(ObjectNode object, String name, double value) {
    return Double.isFinite(value) ? object.put(name, value) : object.putNull(name);
  }

  /** Puts a float with its own shortest digits, not those of the float widened to a double. */
  static ObjectNode put(ObjectNode object, String name, float value) {
    return Float.isFinite(value) ? object.put(name, value) : object.putNull(name);
  }
}
