package io.github.convnet4j.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fields of a class that JSON may leave out: they take the values that they have in an example. So
 * a class can get a new field, and files that were written before can still be read.
 *
 * <pre>{@code
 * OptionalFields.like(conv2d(1, 1), "bias", "l2");   // without l2, it is that of conv2d(1, 1)
 * }</pre>
 *
 * @param example a value of the class
 * @param names the fields
 */
public record OptionalFields(Object example, Set<String> names) {
  /** Keeps a copy of the names. */
  public OptionalFields {
    names = Set.copyOf(names);
  }

  /** Returns the fields that take their values from an example if they are missing. */
  public static OptionalFields like(Object example, String... names) {
    return new OptionalFields(example, Set.of(names));
  }

  /**
   * Lets a mapper that writes the example add the fields to what it reads.
   *
   * @throws IllegalArgumentException if an example has no field of such a name
   */
  static void addTo(ObjectMapper mapper, List<OptionalFields> all) {
    Map<Class<?>, Map<String, JsonNode>> defaults = new HashMap<>();
    for (OptionalFields fields : all) {
      JsonNode written = mapper.valueToTree(fields.example);
      Map<String, JsonNode> values = new LinkedHashMap<>();
      for (String name : fields.names) {
        if (!written.has(name)) {
          throw new IllegalArgumentException(
              "name must be a field of %s: %s".formatted(written, name));
        }
        values.put(name, written.get(name));
      }
      defaults.put(fields.example.getClass(), values);
    }
    mapper.registerModule(new SimpleModule().setDeserializerModifier(new Modifier(defaults)));
  }

  /** Wraps the deserializers of the classes. */
  private static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;
    private final transient Map<Class<?>, Map<String, JsonNode>> defaults;

    Modifier(Map<Class<?>, Map<String, JsonNode>> defaults) {
      this.defaults = defaults;
    }

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
      Map<String, JsonNode> values = defaults.get(type.getBeanClass());
      return values == null ? deserializer : new Adding(deserializer, values);
    }
  }

  /** Adds missing fields before it reads an object. */
  private static final class Adding extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;
    private final transient Map<String, JsonNode> values;

    Adding(JsonDeserializer<?> deserializer, Map<String, JsonNode> values) {
      super(deserializer);
      this.values = values;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> deserializer) {
      return new Adding(deserializer, values);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode tree = context.readTree(parser);
      if (tree instanceof ObjectNode object) {
        values.forEach((name, value) -> object.putIfAbsent(name, value));
      }
      try (JsonParser completed = tree.traverse(parser.getCodec())) {
        completed.nextToken();
        return super.deserialize(completed, context);
      }
    }
  }
}
