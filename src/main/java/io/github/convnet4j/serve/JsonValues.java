package io.github.convnet4j.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.convnet4j.json.JsonFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * Reads nested arrays of numbers, binary values and objects of them from JSON, number by number: a
 * tree of nodes would take twenty times the memory of the numbers.
 */
final class JsonValues {
  /** A batch of images has four dimensions, in a list of a request's fields. */
  private static final int MOST_NESTING = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_NESTING)
                  .maxNumberLength(100)
                  .maxNameLength(1000)
                  .build())
          .build();

  /**
   * What the values of a byte of JSON take at most: a number of one digit and a comma become four
   * bytes, in an array that is copied to another one of twice its length.
   */
  private static final int BYTES_PER_BYTE = 6;

  /** Each takes about a hundred bytes, and may be only three characters. */
  private static final int MOST_OBJECTS = 1 << 16;

  private JsonValues() {}

  /** What can be in a request. */
  sealed interface Value {}

  /** Numbers with a shape; a single number has none. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Numbers(Shape shape, float[] values) implements Value {}

  /** Bytes, as {@code {"b64": "…"}}. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Bytes(byte[] bytes) implements Value {}

  /** A text. */
  record Text(String text) implements Value {}

  /** Values by name. */
  record Fields(Map<String, Value> values) implements Value {}

  /** An array of anything but numbers. */
  record Items(List<Value> values) implements Value {}

  /**
   * Reads a document, which must be an object.
   *
   * @param taken takes memory for its values
   * @throws Refusal if it is not JSON, or holds anything else
   */
  static Fields object(byte[] json, Memory.OfRequest taken) {
    taken.take((long) BYTES_PER_BYTE * json.length);
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Refusal.badRequest("the body must be a JSON object");
      }
      Value object = new Reader(parser).fields();
      if (parser.nextToken() != null) {
        throw Refusal.badRequest("the body must end after its JSON object");
      }
      return object instanceof Fields fields
          ? fields
          : new Fields(Map.of("b64", object)); // A body that is {"b64": …} alone is refused later.
    } catch (StreamConstraintsException e) {
      throw Refusal.badRequest("the body is JSON beyond the limits: " + JsonFault.message(e));
    } catch (IOException e) {
      throw Refusal.badRequest(
          "the body must be JSON: "
              + (e instanceof com.fasterxml.jackson.core.JsonProcessingException fault
                  ? JsonFault.message(fault)
                  : e.getMessage()));
    }
  }

  /** Reads values of all kinds. */
  private static final class Reader {
    private final JsonParser parser;
    private int objects;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    private void count() {
      objects++;
      if (objects > MOST_OBJECTS) {
        throw Refusal.badRequest(
            "the body must have at most %d values besides the numbers in arrays: send fewer examples at a time"
                .formatted(MOST_OBJECTS));
      }
    }

    private Value value() throws IOException {
      count();
      return switch (parser.currentToken()) {
        case START_OBJECT -> fields();
        case START_ARRAY -> array();
        case VALUE_STRING -> new Text(parser.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            new Numbers(Shape.scalar(), new float[] {parser.getFloatValue()});
        case VALUE_TRUE -> new Text("true");
        case VALUE_FALSE -> new Text("false");
        default -> throw Refusal.badRequest("null cannot be a value");
      };
    }

    Value fields() throws IOException {
      Map<String, Value> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("b64") && parser.currentToken() == JsonToken.VALUE_STRING) {
          byte[] bytes = parser.getBinaryValue();
          if (parser.nextToken() != JsonToken.END_OBJECT || !fields.isEmpty()) {
            throw Refusal.badRequest("an object with b64 must have no other field");
          }
          return new Bytes(bytes);
        }
        fields.put(name, value());
      }
      return new Fields(fields);
    }

    private Value array() throws IOException {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY || (first != null && first.isNumeric())) {
        return new NumberReader(parser).read();
      }
      List<Value> items = new ArrayList<>();
      for (JsonToken next = first; next != JsonToken.END_ARRAY; next = parser.nextToken()) {
        items.add(value());
      }
      return new Items(items);
    }
  }

  /** Reads nested arrays of numbers, whose rows must all have the same length. */
  private static final class NumberReader {
    private final JsonParser parser;
    private final List<Integer> sizes = new ArrayList<>();
    private float[] values = new float[1024];
    private int count;
    private int depthOfNumbers = -1;

    /**
     * @param parser at the first element of the outermost array
     */
    NumberReader(JsonParser parser) {
      this.parser = parser;
    }

    Numbers read() throws IOException {
      rest(0);
      return new Numbers(
          Shape.of(sizes.stream().mapToLong(Integer::longValue).toArray()),
          Arrays.copyOf(values, count));
    }

    /** Reads an array from its first element, the current token, to its end. */
    private void rest(int depth) throws IOException {
      if (sizes.size() == depth) {
        sizes.add(-1);
      }
      int size = 0;
      for (JsonToken token = parser.currentToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY) {
          parser.nextToken();
          rest(depth + 1);
        } else if (token != null && token.isNumeric()) {
          add(depth, parser.getFloatValue());
        } else {
          throw Refusal.badRequest("arrays of numbers must hold nothing but numbers");
        }
        size++;
      }
      if (sizes.get(depth) < 0) {
        sizes.set(depth, size);
      } else if (sizes.get(depth) != size) {
        throw Refusal.badRequest(
            "rows must have the same length: there are some of %d and of %d values"
                .formatted(sizes.get(depth), size));
      }
    }

    private void add(int depth, float value) {
      if (depthOfNumbers < 0) {
        depthOfNumbers = depth;
      }
      if (depthOfNumbers != depth || sizes.size() > depth + 1) {
        throw Refusal.badRequest("numbers must all be nested equally deep");
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(2, count));
      }
      values[count++] = value;
    }
  }

  /** Writes numbers as nested arrays. */
  static void write(JsonGenerator json, Shape shape, float[] values) throws IOException {
    write(json, shape, 0, values, 0);
  }

  private static int write(JsonGenerator json, Shape shape, int axis, float[] values, int from)
      throws IOException {
    if (axis == shape.numDimensions()) {
      json.writeNumber(values[from]);
      return from + 1;
    }
    json.writeStartArray();
    int at = from;
    for (long i = 0; i < shape.get(axis); i++) {
      at = write(json, shape, axis + 1, values, at);
    }
    json.writeEndArray();
    return at;
  }

  /** Returns a generator for an answer. */
  static JsonGenerator generator(java.io.OutputStream out) throws IOException {
    return FACTORY.createGenerator(out);
  }
}
