package io.github.convnet4j.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Changes a JSON document as the bytes of an input say. Nearly every change of single characters
 * gives a text that is no JSON; after these, it is still JSON, and what is wrong is its content.
 */
public final class JsonEdits {
  /** Each change takes so many bytes: two for the place, one for the kind of change. */
  private static final int BYTES = 3;

  /** More of them could nest deeper than Jackson writes. */
  private static final int MOST_CHANGES = 8;

  private static final int NESTED = 100;

  private static final int REMOVE = 255;
  private static final int REPEAT = 254;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Inputs of the corpus have their numbers, so new ones are added at the end. */
  private static final List<JsonNode> VALUES = values();

  private JsonEdits() {}

  private static List<JsonNode> values() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    JsonNode nested = json.arrayNode();
    for (int depth = 0; depth < NESTED; depth++) {
      nested = json.arrayNode().add(nested);
    }
    return List.of(
        json.nullNode(),
        json.booleanNode(true),
        json.booleanNode(false),
        json.numberNode(0),
        json.numberNode(1),
        json.numberNode(-1),
        json.numberNode(2),
        json.numberNode(1000),
        json.numberNode(65_536),
        json.numberNode(Integer.MAX_VALUE),
        json.numberNode(Long.MAX_VALUE),
        json.numberNode(Long.MIN_VALUE),
        json.numberNode(0.5),
        json.numberNode(-1e-300),
        json.numberNode(new BigDecimal("1e400")),
        json.textNode(""),
        json.textNode("a"),
        json.textNode("../a/b"),
        json.textNode("relu"),
        json.textNode("%s %d \u0000 \uD800"),
        json.textNode("a".repeat(1000)),
        json.arrayNode(),
        json.objectNode(),
        json.arrayNode().add(0),
        json.arrayNode().add(Integer.MAX_VALUE).add(Integer.MAX_VALUE),
        json.arrayNode().add(65_536).add(65_536),
        json.arrayNode().addNull(),
        json.arrayNode().add("a"),
        json.objectNode().put("kind", "relu"),
        nested);
  }

  /** Inputs to start with: no change, and single ones. */
  public static Stream<byte[]> seeds() {
    return Stream.of(new byte[0], new byte[] {0, 1, 0}, new byte[] {0, 9, 9, 0, 40, 30});
  }

  /** A place in a document, which can be given another value. */
  private record Place(JsonNode value, Consumer<JsonNode> set, Runnable remove) {}

  /** Returns a document after the changes of an input. */
  public static String apply(byte[] input, String json) {
    ArrayNode root = MAPPER.createArrayNode().add(read(json));
    int end = Math.min(input.length, MOST_CHANGES * BYTES);
    for (int at = 0; at + BYTES <= end; at += BYTES) {
      List<Place> places = new ArrayList<>();
      collect(root, places);
      if (!places.isEmpty()) {
        int place = 256 * (input[at] & 0xff) + (input[at + 1] & 0xff);
        change(places.get(place % places.size()), input[at + 2] & 0xff, places);
      }
    }
    return root.isEmpty() ? "" : root.get(0).toString();
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Replaces, removes or repeats a value, or puts that of another place in its place. */
  private static void change(Place place, int kind, List<Place> places) {
    if (kind < VALUES.size()) {
      place.set.accept(VALUES.get(kind).deepCopy());
    } else if (kind == REMOVE) {
      place.remove.run();
    } else if (kind == REPEAT && place.value instanceof ArrayNode list) {
      list.addAll(list.deepCopy());
    } else {
      place.set.accept(places.get(kind % places.size()).value.deepCopy());
    }
  }

  private static void collect(JsonNode node, List<Place> places) {
    if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        int index = i;
        places.add(
            new Place(list.get(i), value -> list.set(index, value), () -> list.remove(index)));
        collect(list.get(i), places);
      }
    } else if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                String name = field.getKey();
                places.add(
                    new Place(
                        field.getValue(),
                        value -> object.set(name, value),
                        () -> object.remove(name)));
                collect(field.getValue(), places);
              });
    }
  }
}
