package io.github.convnet4j.json;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents in which one value has been replaced by null or by something of another type or size,
 * for every value in turn.
 */
public final class DamagedJson {
  private static final Duration GUARD = Duration.ofMinutes(5);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> REPLACEMENTS =
      List.of(
          "null",
          "-1",
          "0",
          "2147483647",
          "4294967296",
          "-9223372036854775808",
          "1e999",
          "0.5",
          "\"NaN\"",
          "\"\"",
          "true",
          "[]",
          "[null]",
          "{}");

  /** Reads a document. */
  @FunctionalInterface
  public interface Reader {
    /** Returns normally or throws. */
    void read(String json) throws Exception;
  }

  private DamagedJson() {}

  /**
   * Reads every damaged document, or every n-th one, and fails unless each is accepted or refused
   * with an exception for the user that has a message.
   */
  public static void check(String json, int every, Reader reader) throws Exception {
    List<String> damaged = of(json);
    assertTimeoutPreemptively(
        GUARD,
        () -> {
          for (int i = 0; i < damaged.size(); i += every) {
            check(damaged.get(i), reader);
          }
        });
  }

  private static void check(String damaged, Reader reader) {
    try {
      reader.read(damaged);
    } catch (IllegalArgumentException | DataException | StoreException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        fail("a fault without a message in " + damaged, e);
      }
    } catch (Throwable e) {
      fail("%s for %s".formatted(e, damaged), e);
    }
  }

  private static List<String> of(String json) throws JsonProcessingException {
    List<String> all = new ArrayList<>(REPLACEMENTS);
    JsonNode root = MAPPER.readTree(json);
    damage(root, root, all);
    return all;
  }

  /** Adds the damages of what a node contains. */
  private static void damage(JsonNode root, JsonNode node, List<String> all) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(names(object))) {
        JsonNode value = object.get(name);
        for (String replacement : REPLACEMENTS) {
          object.putRawValue(name, new RawValue(replacement));
          all.add(root.toString());
        }
        object.set(name, value);
        damage(root, value, all);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        for (String replacement : REPLACEMENTS) {
          array.setRawValue(i, new RawValue(replacement));
          all.add(root.toString());
        }
        array.set(i, value);
        damage(root, value, all);
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
